"""How the command line is used, told in Norwegian: help, and what was written wrongly.

Typer's own words are English and cannot be translated, so the help pages and the reasons are written here.
"""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NoReturn, TypeVar

import typer
from typer import core

from strategy import config
from strategy.errors import BadInput
from strategy.i18n import _, mark
from strategy.terms import Assessment, Phase, Settlement, Term

PROGRAM = "strategy" if config.INSTALLED else "python -m strategy"
OPTIONS = mark("[VALG]")

T = TypeVar("T")
AnyTerm = TypeVar("AnyTerm", bound=Term)


_WORDS = {
    "phases": ", ".join(Phase),
    "assessments": ", ".join(Assessment),
    "settlements": ", ".join(Settlement),
}
"""What a help text may name in braces."""


class _Norwegian:
    """The help page of a command or of the whole program."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.help = mark("Viser denne hjelpen.")
        return option

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [_(piece.strip("{}")) for piece in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Bruk: "))

    def format_help_text(self, _ctx: Any, formatter: Any) -> None:
        formatter.write_paragraph()
        formatter.write_text(_(self.help))  # type: ignore[attr-defined]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        params = self.get_params(ctx)  # type: ignore[attr-defined]
        for title, kind in ((_("Argumenter"), "argument"), (_("Valg"), "option")):
            rows = [
                (_shown(param), _(param.help).format_map(_WORDS))
                for param in params
                if param.param_type_name == kind
            ]
            _section(formatter, title, rows)
        commands = getattr(self, "commands", {})
        _section(formatter, _("Kommandoer"), [(name, _(command.help)) for name, command in commands.items()])

    def format_epilog(self, _ctx: Any, formatter: Any) -> None:
        examples = self.epilog.splitlines()  # type: ignore[attr-defined]
        formatter.write(f"\n{_('Eksempel')}:\n" + "".join(f"  {PROGRAM} {line}\n" for line in examples))


class Command(_Norwegian, core.TyperCommand):
    """One command."""


class Group(_Norwegian, core.TyperGroup):
    """The program with all its commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands:
            near = get_close_matches(args[0], list(self.commands), n=1)
            hint = " " + _("Mente du «{word}»?").format(word=near[0]) if near else ""
            ctx.fail(_("«{word}» er ikke en kommando.").format(word=args[0]) + hint)
        return super().resolve_command(ctx, args)


def refuse(message: str, where: str) -> NoReturn:
    """Say that the argument or option `where` was used wrongly."""
    raise typer.BadParameter(message, param_hint=where)


def reading(read: Callable[[], T], where: str) -> T:
    """What `read` makes of an argument; what it cannot use is wrong use, not a refusal."""
    try:
        return read()
    except BadInput as error:
        refuse(str(error), where)


def term(of: type[AnyTerm], text: str, where: str) -> AnyTerm:
    """Read a word of a closed list, as the program or as a Norwegian writes it."""
    for member in of:
        if text.casefold() in (member.value, member.label.casefold()):
            return member
    words = ", ".join(f"{member.value} ({member.label})" for member in of)
    refuse(_("«{word}» kan ikke brukes. Velg en av: {words}.").format(word=text, words=words), where)


def whole(text: str, where: str, digits: int = 4) -> int:
    """Read a whole number of at most so many digits."""
    if not (text.isascii() and text.isdecimal() and len(text) <= digits):
        refuse(_("«{text}» er ikke et helt tall.").format(text=text), where)
    return int(text)


def explain(error: Any) -> str:
    """What was used wrongly, and where the help is."""
    kind = type(error).__name__  # typer hands out one of these classes, and keeps the others for itself
    if kind == "NoArgsIsHelpError":
        return str(error.message)
    said = [_wrong(kind, error)]
    if error.ctx:
        said.append(_("Se «{command} --help».").format(command=error.ctx.command_path))
    return "\n".join(said)


def _wrong(kind: str, error: Any) -> str:
    match kind:
        case "MissingParameter":
            return _("{name} mangler.").format(name=_shown(error.param))
        case "BadParameter":
            return f"{error.param_hint}: {error.message}"
        case "NoSuchOption":
            near = sorted(error.possibilities or ())
            hint = " " + _("Mente du {words}?").format(words=", ".join(near)) if near else ""
            return _("{name} er ikke et valg her.").format(name=error.option_name) + hint
        case "BadOptionUsage" if "does not take" in error.message:
            return _("{name} skal ikke ha noen verdi.").format(name=error.option_name)
        case "BadOptionUsage":
            return _("{name} må ha en verdi etter seg.").format(name=error.option_name)
        case _ if error.message.startswith("Got unexpected"):
            return _("For mange argumenter. Tekst med mellomrom må stå i anførselstegn.")
    return str(error.message)


def _shown(param: Any) -> str:
    """`--reason TEKST`, `FIL`, `--json`."""
    if param.param_type_name == "argument":
        return str(param.metavar)
    return f"{param.opts[0]} {param.metavar or ''}".strip()


def _section(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)
