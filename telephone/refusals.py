"""What the API says when it does not do what it was asked, in Twilio's codes and shape."""

from http import HTTPStatus
from typing import Any

REFUSALS: dict[int, tuple[int, str]] = {
    20001: (400, "Bad request"),
    20003: (401, "Authentication Error - invalid username"),
    20009: (409, "Cannot delete message because delivery has not been completed."),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    20503: (503, "Service unavailable"),
    21211: (400, "The 'To' number is not a valid phone number."),
    21266: (400, "'To' and 'From' number cannot be the same"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21609: (400, "The 'StatusCallback' URL is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21701: (404, "The Messaging Service does not exist"),
}


class Refused(Exception):
    """The API says no."""

    def __init__(self, code: int) -> None:
        """`code`: Twilio's, of those above."""
        self.code = code
        self.status, self.message = REFUSALS[code]
        super().__init__(f"{HTTPStatus(self.status).phrase}: {self.message}")

    def as_json(self) -> dict[str, Any]:
        """As Twilio writes it."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more, "status": self.status}
