"""The command `verifier`: the only place that reads arguments and the environment, and prints.

Results go to stdout or the file of `--output`, everything else to stderr. Exit codes: 0 done and nothing to
fail on, 1 something to fail on was found (`check` alone), 2 wrong use, an input that cannot be read or an
internal error, 130 interrupted.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from verifier import __version__
from verifier.cli.check import check
from verifier.cli.coverage import coverage
from verifier.cli.evaluate import evaluate
from verifier.cli.explain import explain
from verifier.cli.history import history
from verifier.cli.lookup import lookup
from verifier.cli.output import complain
from verifier.cli.refresh import refresh
from verifier.cli.snapshot import snapshot
from verifier.errors import VerifierError

__all__ = ["commands", "main", "run"]

log = logging.getLogger(__name__)

FAILED = 2
INTERRUPTED = 130  # what a shell makes of SIGINT
_OBJECTS = 50_000
"""New objects after which cycles are looked for; hardly any of the many that a check makes are in one."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "terminal_width": 100})
@click.version_option(__version__, prog_name="verifier", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show what is done, and where an unexpected error came from.")
def commands(debug: bool) -> None:
    """Check the claims of a text against tables of sourced facts."""
    logging.basicConfig(stream=sys.stderr, format="verifier: %(message)s", level=logging.WARNING)
    logging.getLogger("verifier").setLevel(logging.DEBUG if debug else logging.WARNING)


commands.add_command(check)
commands.add_command(coverage)
commands.add_command(evaluate)
commands.add_command(explain)
commands.add_command(history)
commands.add_command(lookup)
commands.add_command(refresh)
commands.add_command(snapshot)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # the same bytes in every locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = commands.main(args=arguments, prog_name="verifier", standalone_mode=False)
    except click.ClickException as exc:
        exc.show()
        return FAILED
    except VerifierError as exc:
        complain(str(exc))
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        complain("interrupted")
        return INTERRUPTED
    except Exception as exc:  # a bug, which must not look like "something was found" (1)
        complain(f"internal error: {type(exc).__name__}: {exc} (`verifier --debug ...` shows where)")
        log.debug("internal error", exc_info=exc)
        return FAILED
    return code if isinstance(code, int) else 0


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The entry point of the command."""
    gc.set_threshold(_OBJECTS)
    sys.exit(run(arguments))
