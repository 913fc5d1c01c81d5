"""What the headings and states of another register's list mean, said once by a coordinator and kept."""

from actions.cases import column_maps
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.cases.decisions import Source
from domain.register_files import Field, Stage
from domain.words import squeeze

SAY = "case_columns"
CONFIRM = "case_columns_confirm"

_CANCEL = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def ask(desk: Desk, source: Source) -> Reply:
    """Ask what headings or states mean."""
    coordinator(desk)
    return _asked(desk, source)


def _asked(desk: Desk, source: Source) -> Reply:
    return say(
        "cases/ask_columns",
        source=source.label,
        fields=[one.label for one in Field],
        stages=[one.label for one in Stage],
        kept=column_maps.of(desk.unit, source).told(),
        step=SAY,
        data={"source": source.value},
        choices=[_CANCEL],
    )


def typed(desk: Desk) -> Reply:
    """Show what was said as it will be kept."""
    said = [squeeze(one) for one in desk.incoming.text.replace(";", "\n").split("\n") if squeeze(one)]
    source = Source(desk.data["source"])
    before = column_maps.of(desk.unit, source).told()
    after = column_maps.foresee(desk.unit, coordinator(desk), source, said).told()
    return say(
        "cases/confirm_columns",
        source=source.label,
        told=[one for one in after if one not in before],
        step=CONFIRM,
        data={"source": source.value, "said": said},
        choices=[choice("Ghi nhớ", Verb.YES, "columns"), _BACK, _CANCEL],
    )


def back(desk: Desk, _button: Button) -> Reply:
    """Ask again."""
    coordinator(desk)
    return _asked(desk, Source(desk.data["source"]))


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Keep what was said."""
    source = Source(desk.data["source"])
    column_maps.keep(desk.unit, coordinator(desk), source, desk.data["said"], desk.now)
    return say("cases/columns_kept", source=source.label)
