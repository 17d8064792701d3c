"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

LANES = ("lane: known good", "lane: others")


def upgrade() -> None:
    op.create_table(
        "brakes",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rested_second", sa.BigInteger(), nullable=False),
        sa.Column("wrong_minute", sa.Integer(), nullable=True),
        sa.Column("right_minute", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_brakes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inspections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("nation", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("fieldwork", sa.Text(), nullable=True),
        sa.Column("cases_inspected", sa.Integer(), nullable=True),
        sa.Column("open_link_allowed", sa.Boolean(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("nation IN ('england', 'wales')", name=op.f("ck_inspections_nation")),
        sa.CheckConstraint("policy IN ('as_published', 'protected')", name=op.f("ck_inspections_policy")),
        sa.CheckConstraint("programme IN ('cci', 'sqs', '2018', 'today')", name=op.f("ck_inspections_programme")),
        sa.CheckConstraint("cases_inspected >= 0", name=op.f("ck_inspections_cases_inspected")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("slug", name=op.f("uq_inspections_slug")),
    )
    op.create_table(
        "talk_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("way_to_reach", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asked_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("language IN ('en', 'cy')", name=op.f("ck_talk_requests_language")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_talk_requests_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_requests")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_talk_requests_inspection_id"), "talk_requests", ["inspection_id"], unique=False)
    op.create_table(
        "waves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("open_slug", sa.Text(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("codes_made", sa.Integer(), nullable=False),
        sa.CheckConstraint("closed IS NULL OR closed >= opened", name=op.f("ck_waves_closed")),
        sa.CheckConstraint("codes_made >= 0", name=op.f("ck_waves_codes_made")),
        sa.CheckConstraint("invited >= 0", name=op.f("ck_waves_invited")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_waves_inspection_id_inspections")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waves")),
        sa.UniqueConstraint("inspection_id", "questionnaire_id", name=op.f("uq_waves_inspection_id_questionnaire_id")),
        sa.UniqueConstraint("open_slug", name=op.f("uq_waves_open_slug")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_cases_fingerprint")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_cases_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_cases_fingerprint")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_cases_wave_id"), "cases", ["wave_id"], unique=False)
    op.create_table(
        "imported_files",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_imported_files_sha256")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_imported_files_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", "sha256", name=op.f("pk_imported_files")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.CheckConstraint("language IN ('en', 'cy')", name=op.f("ck_responses_language")),
        sa.CheckConstraint("mode IN ('web', 'kiosk', 'sms', 'paper')", name=op.f("ck_responses_mode")),
        sa.CheckConstraint("month LIKE '____-__'", name=op.f("ck_responses_month")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_responses_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_responses_wave_id"), "responses", ["wave_id"], unique=False)
    op.create_table(
        "serial_marks",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.CheckConstraint("length(mark) = 64", name=op.f("ck_serial_marks_mark")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_serial_marks_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", "mark", name=op.f("pk_serial_marks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answers",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("silence", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(code = '') = ((number IS NULL) <> (silence IS NULL)) AND (number IS NULL OR silence IS NULL)",
            name=op.f("ck_answers_says_one_thing"),
        ),
        sa.CheckConstraint(
            "silence IN ('not_asked', 'not_reached', 'skipped', 'prefers_not_to_say', 'not_understood', 'withdrawn')",
            name=op.f("ck_answers_silence"),
        ),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_answers_response_id_responses")),
        sa.PrimaryKeyConstraint("response_id", "question_id", "code", name=op.f("pk_answers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id_cases")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_drafts_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("case_id", name=op.f("uq_drafts_case_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_drafts_wave_id"), "drafts", ["wave_id"], unique=False)
    op.create_table(
        "verbatims",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_verbatims_text")),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_verbatims_response_id_responses")),
        sa.PrimaryKeyConstraint("response_id", "question_id", name=op.f("pk_verbatims")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by_code", sa.Boolean(), nullable=False),
        sa.Column("read_safe", sa.Boolean(), nullable=False),
        sa.Column("begun_minute", sa.Integer(), nullable=True),
        sa.Column("last_page_minute", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state <> 'sent' OR (draft_id IS NULL AND last_page_minute IS NULL)", name=op.f("ck_visits_sent_is_cut")
        ),
        sa.CheckConstraint("state IN ('open', 'idle', 'sent', 'left')", name=op.f("ck_visits_state")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_visits_token_hash")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_visits_draft_id_drafts")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_visits_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_visits_token_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_visits_draft_id"), "visits", ["draft_id"], unique=False)
    op.create_index(op.f("ix_visits_wave_id"), "visits", ["wave_id"], unique=False)
    op.create_table(
        "draft_answers",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_answers_draft_id_drafts")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_draft_answers_visit_id_visits")),
        sa.PrimaryKeyConstraint("draft_id", "question_id", name=op.f("pk_draft_answers")),
        sqlite_with_rowid=False,
    )
    lanes = sa.table("brakes", sa.column("name"), sa.column("rested_second"))
    op.bulk_insert(lanes, [{"name": name, "rested_second": 0} for name in LANES])


def downgrade() -> None:
    op.drop_table("draft_answers")
    op.drop_table("visits")
    op.drop_table("verbatims")
    op.drop_table("drafts")
    op.drop_table("answers")
    op.drop_table("serial_marks")
    op.drop_table("responses")
    op.drop_table("imported_files")
    op.drop_table("cases")
    op.drop_table("waves")
    op.drop_table("talk_requests")
    op.drop_table("inspections")
    op.drop_table("brakes")
