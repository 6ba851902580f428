"""The errors that Journeyman raises on purpose: one clear sentence each, with the status to answer.

Every face of the product (web, command line, notebook) shows ``message`` as it stands and takes
the HTTP status or the exit code from the class, so a sentence is written once, where it is raised.
"""

from __future__ import annotations


class JourneymanError(Exception):
    """Something a person can act on.

    Args:
        message: One sentence that says what is wrong and what to do about it.

    Attributes:
        status: The HTTP status that a web face answers with.
        exit_code: What a command exits with: 2 wrong usage or bad input, 3 the machine's fault.
    """

    status = 500
    exit_code = 3

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(JourneymanError):
    """The input cannot be used as it is; nothing was changed."""

    status = 422
    exit_code = 2


class NotFound(JourneymanError):
    """No such skill, item, exercise, attempt or page."""

    status = 404
    exit_code = 2


class Conflict(JourneymanError):
    """The request contradicts what is already recorded."""

    status = 409
    exit_code = 2


class Forbidden(JourneymanError):
    """The caller may not do this (a foreign host, a missing token)."""

    status = 403
    exit_code = 2


class TooLarge(JourneymanError):
    """More bytes than the limit; nothing was read past it."""

    status = 413
    exit_code = 2


class Unavailable(JourneymanError):
    """The machine's fault, never counted against the learner."""

    status = 503
    exit_code = 3
