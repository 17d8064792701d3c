"""The office: people, what they may do and did, paper, comments, jobs."""

import sqlalchemy as sa
from alembic import op

KEPT_SECONDS = 2 * 366 * 24 * 3600  # an entry of the audit; from then on it may be deleted, and before then by nobody

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("second", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("who_id", sa.Uuid(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("mark_before", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.CheckConstraint("length(mark) = 64", name=op.f("ck_audit_entries_mark")),
        sa.CheckConstraint("length(mark_before) = 64", name=op.f("ck_audit_entries_mark_before")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("mark", name=op.f("uq_audit_entries_mark")),
        sa.UniqueConstraint("mark_before", name=op.f("uq_audit_entries_mark_before")),
    )
    op.create_index(op.f("ix_audit_entries_act"), "audit_entries", ["act"], unique=False)
    op.create_index(op.f("ix_audit_entries_inspection_id"), "audit_entries", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_audit_entries_who_id"), "audit_entries", ["who_id"], unique=False)
    op.create_table(
        "code_alarms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("raised_minute", sa.Integer(), nullable=False),
        sa.Column("told_minute", sa.Integer(), nullable=True),
        sa.Column("lease_second", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_alarms")),
    )
    op.create_table(
        "erasures",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint("length(mark) = 64", name=op.f("ck_erasures_mark")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_erasures")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "sign_in_brakes",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("again_second", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_sign_in_brakes")),
    )
    op.create_table(
        "staff_members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("last_here", sa.Date(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.Text(), nullable=False),
        sa.Column("tf_primary_method", sa.Text(), nullable=True),
        sa.Column("tf_totp_secret", sa.Text(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_staff_members_name")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_staff_members_email")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_members")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_members_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_staff_members_fs_uniquifier")),
    )
    op.create_table(
        "wrong_codes",
        sa.Column("five_minutes", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("five_minutes", name=op.f("pk_wrong_codes")),
    )
    op.create_table(
        "covers",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("first_email", sa.Text(), nullable=False),
        sa.Column("first_phone", sa.Text(), nullable=False),
        sa.Column("second_name", sa.Text(), nullable=False),
        sa.Column("second_email", sa.Text(), nullable=False),
        sa.Column("second_phone", sa.Text(), nullable=False),
        sa.Column("duty_name", sa.Text(), nullable=False),
        sa.Column("duty_email", sa.Text(), nullable=False),
        sa.Column("duty_phone", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("opens_minute", sa.Integer(), nullable=False),
        sa.Column("closes_minute", sa.Integer(), nullable=False),
        sa.Column("childrens_services", sa.Text(), nullable=False),
        sa.Column("police", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= opens_minute AND opens_minute < closes_minute AND closes_minute <= 1440", name=op.f("ck_covers_hours")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_covers_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("inspection_id", name=op.f("pk_covers")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_by_name", sa.Text(), nullable=False),
        sa.Column("asked_second", sa.BigInteger(), nullable=False),
        sa.Column("ended_minute", sa.Integer(), nullable=True),
        sa.Column("lease_second", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("run", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind <> ''", name=op.f("ck_jobs_kind")),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'stopped')", name=op.f("ck_jobs_state")),
        sa.CheckConstraint("done >= 0 AND done <= total", name=op.f("ck_jobs_done")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_jobs_inspection_id_inspections")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_inspection_id"), "jobs", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_jobs_started_by"), "jobs", ["started_by"], unique=False)
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"], unique=False)
    op.create_table(
        "listed_names",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('mail', 'link', 'handle', 'postcode', 'phone', 'date', 'number', 'gang', 'school', 'place', 'person')",
            name=op.f("ck_listed_names_kind"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_listed_names_name")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_listed_names_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_names")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_listed_names_inspection_id"), "listed_names", ["inspection_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('lead', 'inspector', 'support', 'safeguarding', 'approver')", name=op.f("ck_memberships_role")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_memberships_inspection_id_inspections")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_members.id"], name=op.f("fk_memberships_staff_id_staff_members")),
        sa.PrimaryKeyConstraint("staff_id", "inspection_id", "role", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_inspection_id"), "memberships", ["inspection_id"], unique=False)
    op.create_table(
        "planned_waves",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_id", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("invited >= 0", name=op.f("ck_planned_waves_invited")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_planned_waves_last_day")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_planned_waves_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("inspection_id", "questionnaire_id", name=op.f("pk_planned_waves")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_recovery_codes_staff_id_staff_members")
        ),
        sa.PrimaryKeyConstraint("staff_id", "mark", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "second_factor_uses",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_second_factor_uses_staff_id_staff_members")
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_second_factor_uses")),
    )
    op.create_table(
        "shown_sections",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_shown_sections_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("inspection_id", name=op.f("pk_shown_sections")),
    )
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_by_name", sa.Text(), nullable=False),
        sa.Column("released_day", sa.Date(), nullable=True),
        sa.CheckConstraint("(released_by IS NULL) = (released_day IS NULL)", name=op.f("ck_snapshots_released")),
        sa.CheckConstraint("length(mark) = 64", name=op.f("ck_snapshots_mark")),
        sa.CheckConstraint("number > 0", name=op.f("ck_snapshots_number")),
        sa.CheckConstraint(
            "released_by IS NULL OR made_by IS NULL OR released_by <> made_by", name=op.f("ck_snapshots_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_snapshots_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("inspection_id", "number", name=op.f("uq_snapshots_inspection_id_number")),
    )
    op.create_index(op.f("ix_snapshots_inspection_id"), "snapshots", ["inspection_id"], unique=False)
    op.create_table(
        "booklets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("serial <> ''", name=op.f("ck_booklets_serial")),
        sa.CheckConstraint("state IN ('first', 'second', 'differs')", name=op.f("ck_booklets_state")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_booklets_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booklets")),
        sa.UniqueConstraint("wave_id", "serial", name=op.f("uq_booklets_wave_id_serial")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "code_sheets",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Boolean(), nullable=False),
        sa.CheckConstraint("slips > 0", name=op.f("ck_code_sheets_slips")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_code_sheets_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", "name", name=op.f("pk_code_sheets")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact_uploads",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("budget_pence", sa.Integer(), nullable=False),
        sa.Column("partial_counts", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("budget_pence >= 0", name=op.f("ck_contact_uploads_budget")),
        sa.CheckConstraint("people > 0", name=op.f("ck_contact_uploads_people")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_contact_uploads_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_contact_uploads")),
        sa.UniqueConstraint("id", name=op.f("uq_contact_uploads_id")),
    )
    op.create_table(
        "held_sheets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("held_minute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_members.id"], name=op.f("fk_held_sheets_staff_id_staff_members")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_held_sheets_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_sheets")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_held_sheets_wave_id"), "held_sheets", ["wave_id"], unique=False)
    op.create_table(
        "job_inputs",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_inputs_job_id_jobs")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_inputs")),
    )
    op.create_table(
        "job_results",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("until_minute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_results_job_id_jobs")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_results")),
    )
    op.create_index(op.f("ix_job_results_until_minute"), "job_results", ["until_minute"], unique=False)
    op.create_table(
        "matters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column("wave_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("raised_minute", sa.Integer(), nullable=False),
        sa.Column("answer_due_minute", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer_due_minute IS NULL OR state = 'referred'", name=op.f("ck_matters_answer_due_minute")
        ),
        sa.CheckConstraint("kind IN ('text', 'comment', 'talk', 'practice')", name=op.f("ck_matters_kind")),
        sa.CheckConstraint("state IN ('new', 'acknowledged', 'referred', 'closed')", name=op.f("ck_matters_state")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_matters_inspection_id_inspections")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_matters_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matters")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_matters_inspection_id"), "matters", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_matters_state"), "matters", ["state"], unique=False)
    op.create_table(
        "paper_plans",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("serials_given", sa.Integer(), nullable=False),
        sa.Column("second_share", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("booklets", sa.Integer(), nullable=False),
        sa.Column("booklets_twice", sa.Integer(), nullable=False),
        sa.Column("answers_keyed", sa.Integer(), nullable=False),
        sa.Column("answers_compared", sa.Integer(), nullable=False),
        sa.Column("answers_differed", sa.Integer(), nullable=False),
        sa.Column("words_compared", sa.Integer(), nullable=False),
        sa.Column("words_differed", sa.Integer(), nullable=False),
        sa.CheckConstraint("answers_differed <= answers_compared", name=op.f("ck_paper_plans_answers_differed")),
        sa.CheckConstraint("second_share BETWEEN 0 AND 100", name=op.f("ck_paper_plans_second_share")),
        sa.CheckConstraint("words_differed <= words_compared", name=op.f("ck_paper_plans_words_differed")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_paper_plans_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_paper_plans")),
    )
    op.create_table(
        "reading_clocks",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("all_read_minute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_reading_clocks_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_reading_clocks")),
    )
    op.create_table(
        "tablets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_tablets_name")),
        sa.CheckConstraint("state IN ('waiting', 'open', 'off')", name=op.f("ck_tablets_state")),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_tablets_fingerprint")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_tablets_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablets")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_tablets_fingerprint")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_tablets_wave_id"), "tablets", ["wave_id"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("looked_minute", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_tallies_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_tallies")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "themes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("plain_name", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_themes_name")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_themes_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
        sa.UniqueConstraint("wave_id", "plain_name", name=op.f("uq_themes_wave_id_plain_name")),
    )
    op.create_table(
        "comment_concerns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("list_version", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["matters.id"], name=op.f("fk_comment_concerns_id_matters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_concerns")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("coded", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("source IN ('answer', 'beside')", name=op.f("ck_comments_source")),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_comments_response_id_responses")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_comments_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_comments_response_id"), "comments", ["response_id"], unique=False)
    op.create_index(op.f("ix_comments_wave_id"), "comments", ["wave_id"], unique=False)
    op.create_table(
        "concern_notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("sent_minute", sa.Integer(), nullable=True),
        sa.Column("lease_second", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("person IN ('first', 'second', 'duty')", name=op.f("ck_concern_notices_person")),
        sa.CheckConstraint(
            "rung IN ('at_once', 'half_hour', 'hour', 'no_answer')", name=op.f("ck_concern_notices_rung")
        ),
        sa.CheckConstraint("way IN ('mail', 'text')", name=op.f("ck_concern_notices_way")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_concern_notices_matter_id_matters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_notices")),
        sa.UniqueConstraint(
            "matter_id", "rung", "person", "way", name=op.f("uq_concern_notices_matter_id_rung_person_way")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_concern_notices_sent_minute"), "concern_notices", ["sent_minute"], unique=False)
    op.create_table(
        "concern_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("who_id", sa.Uuid(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("to_whom", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "step IN ('raised', 'acknowledged', 'referred', 'answered', 'closed', 'reopened')",
            name=op.f("ck_concern_steps_step"),
        ),
        sa.CheckConstraint("who <> ''", name=op.f("ck_concern_steps_who")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_concern_steps_matter_id_matters")),
        sa.ForeignKeyConstraint(["who_id"], ["staff_members.id"], name=op.f("fk_concern_steps_who_id_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_steps")),
        sa.UniqueConstraint("matter_id", "place", name=op.f("uq_concern_steps_matter_id_place")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "keyings",
        sa.Column("booklet_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("keyer_id", sa.Uuid(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("turn IN (1, 2)", name=op.f("ck_keyings_turn")),
        sa.ForeignKeyConstraint(["booklet_id"], ["booklets.id"], name=op.f("fk_keyings_booklet_id_booklets")),
        sa.ForeignKeyConstraint(["keyer_id"], ["staff_members.id"], name=op.f("fk_keyings_keyer_id_staff_members")),
        sa.PrimaryKeyConstraint("booklet_id", "turn", name=op.f("pk_keyings")),
        sa.UniqueConstraint("booklet_id", "keyer_id", name=op.f("uq_keyings_booklet_id_keyer_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_keyings_keyer_id"), "keyings", ["keyer_id"], unique=False)
    op.create_table(
        "codings",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_codings_comment_id_comments")),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_codings_theme_id_themes")),
        sa.PrimaryKeyConstraint("comment_id", "theme_id", name=op.f("pk_codings")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_codings_theme_id"), "codings", ["theme_id"], unique=False)
    op.create_table(
        "keyed_answers",
        sa.Column("booklet_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booklet_id", "turn"],
            ["keyings.booklet_id", "keyings.turn"],
            name=op.f("fk_keyed_answers_booklet_id_turn_keyings"),
        ),
        sa.PrimaryKeyConstraint("booklet_id", "turn", "question_id", name=op.f("pk_keyed_answers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "redactions",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("bound_to", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_by_name", sa.Text(), nullable=False),
        sa.Column("sent_back_why", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by_name", sa.Text(), nullable=False),
        sa.Column("approved_as", sa.Text(), nullable=True),
        sa.Column("worker_would_know", sa.Boolean(), nullable=True),
        sa.Column("matches_example", sa.Boolean(), nullable=True),
        sa.Column("names_an_event", sa.Boolean(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_by_name", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'released') = (released_by IS NOT NULL)", name=op.f("ck_redactions_released")),
        sa.CheckConstraint("(state = 'sent_back') = (sent_back_why <> '')", name=op.f("ck_redactions_sent_back")),
        sa.CheckConstraint(
            "(state IN ('approved', 'released')) = (approved_by IS NOT NULL)", name=op.f("ck_redactions_approved")
        ),
        sa.CheckConstraint(
            "reasons <> '' OR approved_by IS NULL OR NOT (worker_would_know OR matches_example OR names_an_event)",
            name=op.f("ck_redactions_reasons"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'sent_back', 'approved', 'released')", name=op.f("ck_redactions_state")
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_redactions_words")),
        sa.CheckConstraint("(approved_by IS NULL) = (approved_as IS NULL)", name=op.f("ck_redactions_approval")),
        sa.CheckConstraint("approved_as = bound_to", name=op.f("ck_redactions_approved_as_it_is")),
        sa.CheckConstraint("approved_by <> proposed_by", name=op.f("ck_redactions_two_people")),
        sa.CheckConstraint(
            "approved_by IS NULL OR (worker_would_know IS NOT NULL AND matches_example IS NOT NULL AND names_an_event IS NOT NULL)",
            name=op.f("ck_redactions_asked"),
        ),
        sa.CheckConstraint("length(bound_to) = 64", name=op.f("ck_redactions_bound_to")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_redactions_comment_id_comments")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_redactions")),
        sqlite_with_rowid=False,
    )
    op.drop_index(op.f("ix_notices_concern_id"), table_name="notices")
    op.drop_table("notices")
    op.add_column("cases", sa.Column("link_fingerprint", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("sheet", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("slip", sa.Integer(), nullable=True))
    op.create_index("ix_cases_link_fingerprint", "cases", ["link_fingerprint"], unique=True)
    op.add_column("inspections", sa.Column("first_day", sa.Date(), nullable=True))
    op.add_column("inspections", sa.Column("last_day", sa.Date(), nullable=True))
    op.add_column("inspections", sa.Column("offers_welsh", sa.Boolean(), server_default="1", nullable=False))
    op.add_column("inspections", sa.Column("edition", sa.Integer(), server_default="1", nullable=False))
    op.add_column("inspections", sa.Column("published", sa.Date(), nullable=True))
    op.add_column("visits", sa.Column("on_tablet", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("waves", sa.Column("target", sa.Integer(), nullable=True))
    # ### end Alembic commands ###
    take_in_what_waits()
    only_add(op.get_bind().dialect.name)


def take_in_what_waits() -> None:
    """Put texts and wishes to talk from before into the one list of concerns."""
    op.execute(
        "INSERT INTO matters (id, inspection_id, wave_id, kind, state, raised_minute, edition) "
        "SELECT c.id, w.inspection_id, c.wave_id, 'text', "
        "CASE WHEN c.closed_minute IS NULL THEN 'new' ELSE 'closed' END, c.raised_minute, 1 "
        "FROM concerns c JOIN waves w ON w.id = c.wave_id"
    )
    op.execute(
        "INSERT INTO matters (id, inspection_id, wave_id, kind, state, raised_minute, edition) "
        "SELECT id, inspection_id, NULL, 'talk', 'new', asked_minute, 1 FROM talk_requests"
    )
    op.execute(
        "INSERT INTO concern_steps (id, matter_id, place, step, who, minute, to_whom, words) "
        "SELECT id, id, 1, 'closed', 'at the terminal', closed_minute, '', '' FROM concerns WHERE closed_minute IS NOT NULL"
    )


def only_add(dialect: str) -> None:
    """Let the audit be added to, and neither changed nor, before its time, deleted."""
    if dialect == "sqlite":
        op.execute(
            "CREATE TRIGGER audit_entries_stay_as_they_are BEFORE UPDATE ON audit_entries "
            "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries "
            f"WHEN OLD.second > CAST(strftime('%s', 'now') AS INTEGER) - {KEPT_SECONDS} "
            "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' AND OLD.second <= extract(epoch FROM now())::bigint - {KEPT_SECONDS} THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'the audit is only added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_only_added_to()"
    )
    op.execute(
        "CREATE TRIGGER audit_entries_stay_together BEFORE TRUNCATE ON audit_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to()"
    )


def downgrade() -> None:
    op.drop_table("audit_entries")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_only_added_to()")

    op.drop_column("waves", "target")
    op.drop_column("visits", "on_tablet")
    op.drop_column("inspections", "published")
    op.drop_column("inspections", "edition")
    op.drop_column("inspections", "offers_welsh")
    op.drop_column("inspections", "last_day")
    op.drop_column("inspections", "first_day")
    op.drop_index("ix_cases_link_fingerprint", table_name="cases")
    op.drop_column("cases", "slip")
    op.drop_column("cases", "sheet")
    op.drop_column("cases", "link_fingerprint")
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.INTEGER(), nullable=False),
        sa.Column("sent_minute", sa.INTEGER(), nullable=True),
        sa.Column("lease_second", sa.INTEGER(), nullable=False),
        sa.Column("tries", sa.INTEGER(), nullable=False),
        sa.CheckConstraint("person IN (1, 2)", name=op.f("ck_notices_person")),
        sa.ForeignKeyConstraint(["concern_id"], ["concerns.id"], name=op.f("fk_notices_concern_id_concerns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("concern_id", "person", name=op.f("uq_notices_concern_id_person")),
    )
    op.create_index(op.f("ix_notices_concern_id"), "notices", ["concern_id"], unique=False)
    op.drop_table("redactions")
    op.drop_table("keyed_answers")
    op.drop_index(op.f("ix_codings_theme_id"), table_name="codings")
    op.drop_table("codings")
    op.drop_index(op.f("ix_keyings_keyer_id"), table_name="keyings")
    op.drop_table("keyings")
    op.drop_table("concern_steps")
    op.drop_index(op.f("ix_concern_notices_sent_minute"), table_name="concern_notices")
    op.drop_table("concern_notices")
    op.drop_index(op.f("ix_comments_wave_id"), table_name="comments")
    op.drop_index(op.f("ix_comments_response_id"), table_name="comments")
    op.drop_table("comments")
    op.drop_table("comment_concerns")
    op.drop_table("themes")
    op.drop_table("tallies")
    op.drop_index(op.f("ix_tablets_wave_id"), table_name="tablets")
    op.drop_table("tablets")
    op.drop_table("reading_clocks")
    op.drop_table("paper_plans")
    op.drop_index(op.f("ix_matters_state"), table_name="matters")
    op.drop_index(op.f("ix_matters_inspection_id"), table_name="matters")
    op.drop_table("matters")
    op.drop_index(op.f("ix_job_results_until_minute"), table_name="job_results")
    op.drop_table("job_results")
    op.drop_table("job_inputs")
    op.drop_index(op.f("ix_held_sheets_wave_id"), table_name="held_sheets")
    op.drop_table("held_sheets")
    op.drop_table("contact_uploads")
    op.drop_table("code_sheets")
    op.drop_table("booklets")
    op.drop_index(op.f("ix_snapshots_inspection_id"), table_name="snapshots")
    op.drop_table("snapshots")
    op.drop_table("shown_sections")
    op.drop_table("second_factor_uses")
    op.drop_table("recovery_codes")
    op.drop_table("planned_waves")
    op.drop_index(op.f("ix_memberships_inspection_id"), table_name="memberships")
    op.drop_table("memberships")
    op.drop_index(op.f("ix_listed_names_inspection_id"), table_name="listed_names")
    op.drop_table("listed_names")
    op.drop_index(op.f("ix_jobs_state"), table_name="jobs")
    op.drop_index(op.f("ix_jobs_started_by"), table_name="jobs")
    op.drop_index(op.f("ix_jobs_inspection_id"), table_name="jobs")
    op.drop_table("jobs")
    op.drop_table("covers")
    op.drop_table("wrong_codes")
    op.drop_table("staff_members")
    op.drop_table("sign_in_brakes")
    op.drop_table("heartbeats")
    op.drop_table("erasures")
    op.drop_table("code_alarms")
    # ### end Alembic commands ###
