"""What an entry of the battery is. The exercise: ``f(x)`` returns ``2 * x``."""

from dataclasses import dataclass
from textwrap import dedent, indent

BREACH = "BREACH"
REFUSED = "refused"


@dataclass(frozen=True)
class Attack:
    """A submission and what must come of it.

    Attributes:
        verdicts: The verdicts that are right; "passed" only where the code also does its work.
        categories: The categories that are right, or empty for any.
        refused: The attempt itself must have been refused (it prints so).
        says: Text that the message must contain.
    """

    name: str
    source: str | bytes
    verdicts: tuple[str, ...]
    categories: tuple[str, ...] = ()
    refused: bool = False
    says: str = ""


def broken(
    name: str, source: str | bytes, verdict: str, *categories: str, says: str = ""
) -> Attack:
    """Code that is wrong rather than hostile."""
    text = dedent(source) if isinstance(source, str) else source
    return Attack(name, text, tuple(verdict.split("|")), categories, says=says)


def attempt(name: str, code: str) -> Attack:
    """Code that tries something forbidden, then does its work.

    ``code`` raises where it is refused; reaching its end is the breach.
    """
    body = indent(dedent(code).strip(), "        ")
    source = (
        "import ctypes, os, sys\n"
        "def syscall(*args):\n"
        "    libc = ctypes.CDLL(None, use_errno=True)\n"
        "    libc.syscall.restype = ctypes.c_long\n"
        "    result = libc.syscall(*[a if isinstance(a, bytes) else ctypes.c_long(a) for a in args])\n"
        "    if result < 0:\n"
        "        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))\n"
        "    return result\n"
        "def f(x):\n"
        "    try:\n"
        f"{body}\n"
        f"        print({BREACH!r})\n"
        "    except Exception as error:\n"
        f"        print({REFUSED!r}, type(error).__name__, error)\n"
        "    return 2 * x\n"
    )
    return Attack(name, source, ("passed",), refused=True)
