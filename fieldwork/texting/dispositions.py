"""How a conversation by text stands or ended, in the office's words."""

from fieldwork.models.texts import ConversationState

DISPOSITIONS: dict[ConversationState, str] = {
    "waiting": "not invited yet",
    "invited": "invited, no answer yet",
    "asking": "answering",
    "paused": "paused until a person has looked",
    "finished": "finished",
    "partial": "closed half way, and counted",
    "refused": "asked not to be texted",
    "broken_off": "asked not to be texted, half way",
    "wrong_person": "not their number",
    "unreachable": "no text arrives",
    "closed": "the wave closed first",
}
