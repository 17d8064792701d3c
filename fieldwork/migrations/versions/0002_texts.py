"""Contacts, conversations by text, and what a person must look at."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "stranger_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_stranger_counts")),
    )
    op.create_table(
        "suppressed_numbers",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint("length(mark) = 64", name=op.f("ck_suppressed_numbers_mark")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_suppressed_numbers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "data_keys",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_data_keys_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("inspection_id", name=op.f("pk_data_keys")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_index", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("age", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Date(), nullable=False),
        sa.CheckConstraint("age IN ('adult', 'child')", name=op.f("ck_contacts_age")),
        sa.CheckConstraint("language IN ('en', 'cy')", name=op.f("ck_contacts_language")),
        sa.CheckConstraint("length(number_index) = 64", name=op.f("ck_contacts_number_index")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_contacts_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("wave_id", "number_index", name=op.f("uq_contacts_wave_id_number_index")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contacts_number_index"), "contacts", ["number_index"], unique=False)
    op.create_index(op.f("ix_contacts_wave_id"), "contacts", ["wave_id"], unique=False)
    op.create_table(
        "imported_contacts",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.CheckConstraint("length(mark) = 64", name=op.f("ck_imported_contacts_mark")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_imported_contacts_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", "mark", name=op.f("pk_imported_contacts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "text_plans",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("budget_pence", sa.Integer(), nullable=False),
        sa.Column("partial_counts", sa.Boolean(), nullable=False),
        sa.Column("started", sa.Date(), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("texts_day", sa.Integer(), nullable=True),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.CheckConstraint("budget_pence >= 0", name=op.f("ck_text_plans_budget")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_text_plans_wave_id_waves")),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_text_plans")),
    )
    op.create_table(
        "text_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("read_as", sa.Text(), nullable=True),
        sa.Column("corrected_as", sa.Text(), nullable=True),
        sa.Column("corrected_by", sa.Text(), nullable=True),
        sa.Column("corrected_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_text_readings_response_id_responses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_readings")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_text_readings_response_id"), "text_readings", ["response_id"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("earlier_question_id", sa.Text(), nullable=True),
        sa.Column("answered_second", sa.Integer(), nullable=True),
        sa.Column("misread", sa.Integer(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("replies_day", sa.Integer(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("helped_second", sa.Integer(), nullable=True),
        sa.CheckConstraint("language IN ('en', 'cy')", name=op.f("ck_conversations_language")),
        sa.CheckConstraint(
            "state IN ('waiting', 'invited', 'asking', 'paused', 'finished', 'partial', 'refused', 'broken_off', 'wrong_person', 'unreachable', 'closed')",
            name=op.f("ck_conversations_state"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_conversations_contact_id_contacts")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_conversations_visit_id_visits")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_conversations_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_conversations_contact_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_conversations_visit_id"), "conversations", ["visit_id"], unique=False)
    op.create_index(op.f("ix_conversations_wave_id"), "conversations", ["wave_id"], unique=False)
    op.create_table(
        "concerns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("list_version", sa.Text(), nullable=False),
        sa.Column("raised_minute", sa.Integer(), nullable=False),
        sa.Column("closed_minute", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('words', 'help', 'picture', 'stop_with_words')", name=op.f("ck_concerns_kind")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_concerns_contact_id_contacts")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_concerns_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_concerns_wave_id_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerns")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_concerns_contact_id"), "concerns", ["contact_id"], unique=False)
    op.create_index(op.f("ix_concerns_conversation_id"), "concerns", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_concerns_wave_id"), "concerns", ["wave_id"], unique=False)
    op.create_table(
        "inbound_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("received_second", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("read_as", sa.Text(), nullable=True),
        sa.Column("corrected_as", sa.Text(), nullable=True),
        sa.Column("corrected_by", sa.Text(), nullable=True),
        sa.Column("corrected_day", sa.Date(), nullable=True),
        sa.Column("for_a_person", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(mark) = 64", name=op.f("ck_inbound_texts_mark")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_inbound_texts_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_texts")),
        sa.UniqueConstraint("mark", name=op.f("uq_inbound_texts_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_inbound_texts_conversation_id"), "inbound_texts", ["conversation_id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("sent_minute", sa.Integer(), nullable=True),
        sa.Column("lease_second", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("person IN (1, 2)", name=op.f("ck_notices_person")),
        sa.ForeignKeyConstraint(["concern_id"], ["concerns.id"], name=op.f("fk_notices_concern_id_concerns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("concern_id", "person", name=op.f("uq_notices_concern_id_person")),
    )
    op.create_index(op.f("ix_notices_concern_id"), "notices", ["concern_id"], unique=False)
    op.create_table(
        "outbound_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("written_second", sa.Integer(), nullable=False),
        sa.Column("not_before_second", sa.Integer(), nullable=False),
        sa.Column("give_up_second", sa.Integer(), nullable=False),
        sa.Column("lease_second", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=True),
        sa.Column("posted_second", sa.Integer(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("redacted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('invitation', 'reminder', 'question', 'ask_again', 'last_ask', 'web_link', 'thanks', 'after_the_end', 'not_me', 'distress', 'no_pictures', 'closed', 'declined', 'start_again')",
            name=op.f("ck_outbound_texts_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'claimed', 'posting', 'accepted', 'sent', 'delivered', 'undelivered', 'failed', 'unsure', 'held', 'dropped')",
            name=op.f("ck_outbound_texts_state"),
        ),
        sa.ForeignKeyConstraint(
            ["cause_id"], ["inbound_texts.id"], name=op.f("fk_outbound_texts_cause_id_inbound_texts")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_outbound_texts_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_texts")),
        sa.UniqueConstraint("attempt", name=op.f("uq_outbound_texts_attempt")),
        sa.UniqueConstraint("cause_id", name=op.f("uq_outbound_texts_cause_id")),
        sa.UniqueConstraint("provider_name", name=op.f("uq_outbound_texts_provider_name")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_outbound_texts_conversation_id"), "outbound_texts", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_outbound_texts_state"), "outbound_texts", ["state"], unique=False)
    op.create_table(
        "reachings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("asked_by <> ''", name=op.f("ck_reachings_asked_by")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reachings_reason")),
        sa.ForeignKeyConstraint(["concern_id"], ["concerns.id"], name=op.f("fk_reachings_concern_id_concerns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reachings")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reachings_concern_id"), "reachings", ["concern_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_index(op.f("ix_reachings_concern_id"), table_name="reachings")
    op.drop_table("reachings")
    op.drop_index(op.f("ix_outbound_texts_state"), table_name="outbound_texts")
    op.drop_index(op.f("ix_outbound_texts_conversation_id"), table_name="outbound_texts")
    op.drop_table("outbound_texts")
    op.drop_index(op.f("ix_notices_concern_id"), table_name="notices")
    op.drop_table("notices")
    op.drop_index(op.f("ix_inbound_texts_conversation_id"), table_name="inbound_texts")
    op.drop_table("inbound_texts")
    op.drop_index(op.f("ix_concerns_wave_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_conversation_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_contact_id"), table_name="concerns")
    op.drop_table("concerns")
    op.drop_index(op.f("ix_conversations_wave_id"), table_name="conversations")
    op.drop_index(op.f("ix_conversations_visit_id"), table_name="conversations")
    op.drop_table("conversations")
    op.drop_index(op.f("ix_text_readings_response_id"), table_name="text_readings")
    op.drop_table("text_readings")
    op.drop_table("text_plans")
    op.drop_table("imported_contacts")
    op.drop_index(op.f("ix_contacts_wave_id"), table_name="contacts")
    op.drop_index(op.f("ix_contacts_number_index"), table_name="contacts")
    op.drop_table("contacts")
    op.drop_table("data_keys")
    op.drop_table("suppressed_numbers")
    op.drop_table("stranger_counts")
    # ### end Alembic commands ###
