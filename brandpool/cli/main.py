"""The command line: the same services without a window."""

import sys

import typer

from brandpool import i18n, settings
from brandpool.cli import (
    docket,
    documents,
    drawings,
    figures,
    goals,
    known,
    law,
    packs,
    pool,
    prospects,
    records,
    shortlists,
    tiers,
    visits,
)
from brandpool.errors import UserError

FAILED, MISUSED = 1, 2


def commands() -> typer.Typer:
    """All commands."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="品牌培育库 BrandPool",
    )
    for group in (
        records,
        tiers,
        shortlists,
        pool,
        packs,
        visits,
        goals,
        known,
        law,
        docket,
        documents,
        drawings,
        figures,
        prospects,
    ):
        group.add_to(app)
    return app


def main(argv: list[str]) -> int:
    """Run a command; returns the exit code: 0 done, 1 could not be done, 2 wrongly typed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        i18n.use(settings.load().lang)
        return int(commands()(argv, prog_name="main.py", standalone_mode=False) or 0)
    except UserError as problem:
        sys.stderr.write(f"{problem}\n")
        return FAILED
    except typer.Exit as told:
        return told.exit_code
    except Exception as misuse:
        if not hasattr(misuse, "format_message"):
            raise
        sys.stderr.write(f"{misuse.format_message()}\n")
        return MISUSED
