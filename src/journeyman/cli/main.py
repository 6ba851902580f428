"""The entry point: finds the command, and turns every failure into one sentence and a status.

Exit status: 0 done, 1 the learner's work fell short, 2 wrong usage or bad input, 3 the machine's
fault. Commands are imported when they run, so that ``--help`` answers at once.
"""

from __future__ import annotations

import atexit
import errno
import importlib
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any, NoReturn

import click

from journeyman import __version__
from journeyman.errors import JourneymanError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "run": ("open", "run", "Open Journeyman in the browser (also what `journeyman` alone does)."),
    "status": ("study", "status", "Show the mastery of every skill with its uncertainty."),
    "next": ("study", "next_", "Say what to do next and why, for the minutes you have."),
    "map": ("study", "map_", "List the skills by area, with what is ready to learn."),
    "skill": ("study", "skill", "Show one skill: its number, why, and what it opens."),
    "lesson": ("study", "lesson", "Read the lesson of a skill."),
    "why": ("planning", "why", "Say why a skill's number is what it is."),
    "plan": ("planning", "plan", "Show the plan: the target, where your hours lead, and the week."),
    "goal": ("planning", "goal", "Show what you aim at and the time for it, or set it."),
    "profile": ("planning", "profile", "Show or set what you say of yourself."),
    "place": ("ask", "place", "Find out where you stand, question by question."),
    "practise": ("ask", "practise", "Practise a skill on fresh questions."),
    "exercises": ("code", "exercises", "List the exercises and where you stand with each."),
    "start": ("code", "start", "Put an exercise's task and starter file into a folder."),
    "check": ("code", "check", "Grade your file for an exercise and record the verdict."),
    "watch": ("code", "watch", "Grade your file each time that you save it."),
    "grade": ("grading", "grade", "Grade a file, or a folder of files, without recording it."),
    "finish": ("grading", "finish", "Grade what was handed in but not graded, after a crash."),
    "regrade": ("grading", "regrade", "Grade stored submissions again after an exercise changed."),
    "hint": ("code", "hint", "Take the next hint of an exercise."),
    "solution": ("code", "solution", "Show the solution, after passing or giving up."),
    "progress": ("record", "progress", "Show what changed lately and the newest evidence."),
    "data": ("data", "data", "List, get, find and drop real data sets."),
    "compete": ("compete", "compete", "Compete on real data, on boards that cannot fool you."),
    "project": ("project", "project", "Build projects of your own, from raw data to a model."),
    "portfolio": ("portfolio", "portfolio", "Choose and order what your portfolio shows."),
    "publish": ("portfolio", "publish", "Write your portfolio as a static site."),
    "claim": ("verify", "claim", "Sign numbers of your record, for others to check."),
    "badge": ("badge", "badge", "Write an Open Badge for a skill or a project of yours."),
    "key": ("verify", "key", "Show, rotate, revoke or protect the key that signs your claims."),
    "verify": ("verify", "verify", "Check a published portfolio, a claim or a badge, anyone's."),
    "export": ("record", "export", "Write your whole record as JSON Lines and source files."),
    "import": ("record", "import_", "Merge an export into this record."),
    "rebuild": ("record", "rebuild", "Fold the evidence ledger into mastery anew."),
    "settings": ("record", "settings", "Show the settings, the data directory and the isolation."),
    "model": ("model", "model", "Measure the learner models on logs and simulated learners."),
    "audit": ("audit", "audit", "Look a table over before anything is learnt from it."),
    "review": ("audit", "review", "Check the methodology of a project's code, data and results."),
    "demo": ("demo", "demo", "Turn an exported model into a page that runs in the browser."),
    "viva": ("viva", "viva", "Answer questions on your own run, against the clock."),
    "content": ("content", "content", "Check, list and draw curriculum entries."),
}


class Commands(click.Group):
    """Loads a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order that a learner meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"journeyman.cli.{module}"), name)
        del ctx
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


@click.group(cls=Commands, invoke_without_command=True, context_settings={"max_content_width": 100})
@click.version_option(__version__, message="journeyman %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """From wherever you stand to machine-learning engineer, with proof.

    Without a command, Journeyman opens in your browser. Every command but run takes --json.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(cli.get_command(ctx, "run"))  # type: ignore[arg-type]


def main() -> None:
    """The ``journeyman`` command: the whole life of a process."""
    # Registered before anything else is imported, so that it is called after all others.
    atexit.register(_leave)
    try:
        run()
    except SystemExit as ended:
        _status.append(ended.code if isinstance(ended.code, int) else 0)
        raise


_status: list[int] = []


def _leave() -> None:
    """End the process before the interpreter is taken apart, where Arrow was used.

    Arrow's threads let go of Python objects after the call that they served has returned. If the
    interpreter is being finalised at that moment, the process aborts or hangs, although all its
    work was done (apache/arrow issues 34314, 45214, 50482).
    """
    if "pyarrow" not in sys.modules or not _status:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads any more
        pass
    os._exit(_status[0])


def run(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status; never shows a traceback."""
    try:
        code: Any = cli.main(arguments, prog_name="journeyman", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("\nStopped; everything answered so far is kept.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        click.echo(f"journeyman: {' '.join(error.format_message().split())}", err=True)
        sys.exit(2)
    except JourneymanError as error:
        click.echo(f"journeyman: {error.message}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        click.echo("\nStopped; everything that was recorded is kept.", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output (`head`, a pager) went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            _unexpected()
        click.echo("journeyman: the output could not be written: no space is left there.", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
    except Exception:  # noqa: BLE001 - the last line of defence: no traceback reaches a person
        _unexpected()
    sys.exit(code if isinstance(code, int) else 0)


def _unexpected() -> NoReturn:
    click.echo(f"journeyman: something went wrong that is our fault; {_log()}", err=True)
    sys.exit(3)


def _log() -> str:
    """Write the traceback to the log; returns where it is."""
    text = traceback.format_exc()
    try:
        from journeyman.settings import load

        file = load().home.expanduser() / "journeyman.log"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(text + "\n")
    except (OSError, JourneymanError):
        return f"the log could not be written either: {text.splitlines()[-1]}"
    return f"the details are in {file}, and nothing that you did is lost."


if __name__ == "__main__":
    main()
