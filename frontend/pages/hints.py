"""What a reader must know beside a list of products: what was not understood, hidden, or left out."""

from urllib.parse import urlencode

from frontend.forms import with_only, without
from frontend.pages.answered import Answer, Chips, Count, clear
from frontend.pages.criteria import EVERY_STATUS, FIGURE_LIMITS
from frontend.pages.verify import address
from frontend.views import formats
from frontend.views.parts import Empty, Link, Notice, Tone
from search.documents.fields import Field
from search.query.reading import Problem
from search.text.words import is_number

STEPS = 5
NO_SUCH = "search.no-such-value"
UNREAD = "search.text-unread"  # the page says it in a notice of its own
FIGURES = ("level", "max", "basis", *FIGURE_LIMITS)


def hints(answer: Answer, chips: Chips) -> tuple[Notice, ...]:
    """Those that stand above a list, the reader's own slips first."""
    slips = (_problems(answer), _unheld(answer), _unread(answer))
    found = (_stood_in(answer), *slips, _order(answer), _widened(answer))
    beside = (_hidden(answer), _unvalued(answer, chips)) if answer.found.total else ()
    return tuple(one for one in (*found, *beside) if one is not None)


def behind_nothing(answer: Answer, chips: Chips) -> tuple[Notice, ...]:
    """What an empty list leaves unsaid: what the usual state or a filter hides, what has no figure."""
    if answer.found.total:
        return ()
    hidden, elsewhere = answer.outcome.hidden, answer.outcome.elsewhere
    found = [_unvalued(answer, chips)]
    if hidden is not None:
        title = answer.words.say("search.all-hidden", count=formats.number(hidden.count))
        found.append(Notice(Tone.WARN, title, answer.words.say("search.hidden-text")))
    elif elsewhere:
        found.append(Notice(Tone.WARN, answer.words.say("search.words-elsewhere", count=elsewhere)))
    return tuple(one for one in found if one is not None)


def empty(answer: Answer, chips: Chips, count_without: Count) -> Empty:
    """Why there is nothing: a filter hides it, no figure compares, or no product has the words."""
    words, outcome = answer.words, answer.outcome
    hidden = outcome.hidden
    others = [chip for chip in chips if hidden is None or chip[0] is not Field.STATUS]
    steps = _steps(answer, others, count_without)
    if outcome.unvalued is not None:
        notice = _unvalued(answer, chips)
        if notice is not None:
            return Empty(notice.title, notice.text, (*notice.links, *steps))
    if hidden is not None:
        count = formats.number(hidden.count)
        link = Link(words.say("search.show-hidden", count=count), answer.href(_any_state(answer)))
        title = words.say("search.all-hidden", count=count)
        return Empty(title, words.say("search.hidden-text"), (link, *steps))
    gains = len(steps) > (2 if chips else 1)
    if answer.asked.criteria.words and not outcome.elsewhere:
        title = words.say("search.no-such", words=_short(answer.asked.criteria.words))
        return Empty(title, words.say("search.no-such-text"), (*_kinds(answer), steps[-1]))
    text = "search.empty-filters" if gains else "search.empty-words"
    return Empty(words.say("search.empty"), words.say(text), steps)


def _kinds(answer: Answer) -> tuple[Link, ...]:
    """Where no word leads anywhere: the kinds that the register has the most of, each with its number."""
    words, kinds = answer.words, answer.known.kinds
    counted = [
        (code, n) for code, n in answer.everything[Field.KIND] if code in kinds and kinds[code].declared_unit
    ]
    most = sorted(counted, key=lambda one: (-one[1], one[0]))[:STEPS]
    links = []
    for code, n in most:
        text = words.say("search.browse", kind=answer.known.kind(code, words), count=formats.number(n))
        links.append(Link(text, answer.href(urlencode({"kind": code, "status": EVERY_STATUS}))))
    return tuple(links)


def no_such_number(answer: Answer) -> Empty | None:
    """For what reads as a number that is on no record: said as that, and where numbers are verified."""
    words, outcome, text = answer.words, answer.outcome, answer.asked.criteria.text.strip()
    if answer.found.total or outcome.elsewhere or outcome.hidden is not None or not is_number(text):
        return None
    link = Link(words.say("search.verify-it"), address(text))
    return Empty(
        words.say("search.no-such-number", number=_short(text)),
        words.say("search.no-such-number-text"),
        (link,),
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def _any_state(answer: Answer) -> str:
    kept = [pair for pair in answer.asked.criteria.pairs if pair[0] != "page"]
    return with_only(kept, Field.STATUS, EVERY_STATUS)


def _problems(answer: Answer) -> Notice | None:
    """What of the address could not be used; the words of the interface's own notices."""
    criteria = answer.asked.criteria
    told = [*criteria.problems, *answer.asked.parsed.problems]
    if criteria.limit_wrong and answer.asked.basis is None:  # with one, its field says so
        facts = {"name": "max", "value": criteria.limit_text}
        told.append(Problem("search.not-a-number", "max", facts))
    found = [one for one in told if one.key not in (NO_SUCH, UNREAD)]
    if not found:
        return None
    said = dict.fromkeys(answer.words.say(one.key, **one.facts) for one in found)
    return Notice(Tone.WARN, answer.words.say("search.left-out"), answer.words.joined(*said))


def _unheld(answer: Answer) -> Notice | None:
    """Values that filter, though no product has them."""
    found = [one for one in answer.asked.criteria.problems if one.key == NO_SUCH]
    said = (answer.words.say(one.key, **one.facts) for one in found)
    return Notice(Tone.WARN, answer.words.joined(*said)) if found else None


def _stood_in(answer: Answer) -> Notice | None:
    if not answer.found.stood_in:
        return None
    return Notice(Tone.QUIET, answer.words.say("search.engine-fallback"), "")


def _unread(answer: Answer) -> Notice | None:
    if not answer.asked.criteria.unread:
        return None
    return Notice(Tone.WARN, answer.words.say("search.unread"), answer.words.say("search.unread-text"))


def _order(answer: Answer) -> Notice | None:
    words, asked = answer.words, answer.asked
    if not asked.criteria.wants_figures or asked.basis is not None:
        return None
    key = "search.kind-first" if asked.criteria.kind is None else "search.class-first"
    return Notice(Tone.WARN, words.say(key), words.say("search.why-first"))


def _widened(answer: Answer) -> Notice | None:
    """What was looked for instead of all the words."""
    widened = answer.found.widened
    return Notice(Tone.QUIET, answer.words.say(f"search.widened.{widened}")) if widened else None


def _hidden(answer: Answer) -> Notice | None:
    """Others match, but not one of the kind that the words name."""
    words, hidden = answer.words, answer.outcome.hidden
    if hidden is None:
        return None
    count = formats.number(hidden.count)
    title = words.say("search.kind-hidden", count=count, kind=answer.known.kind(hidden.kind, words))
    link = Link(
        words.say("search.show-hidden", count=count), answer.href(_kind_any_state(answer, hidden.kind))
    )
    return Notice(Tone.WARN, title, words.say("search.hidden-text"), (link,))


def _kind_any_state(answer: Answer, kind: str) -> str:
    kept = [pair for pair in answer.asked.criteria.pairs if pair[0] not in ("page", "status")]
    return with_only([*kept, ("kind", kind)], Field.STATUS, EVERY_STATUS)


def _unvalued(answer: Answer, chips: Chips) -> Notice | None:
    """Products within the filters that have no figure on the basis in force, and where they are listed."""
    words, unvalued = answer.words, answer.outcome.unvalued
    if unvalued is None:
        return None
    filters = words.listed(chip.label for name, chip in chips if name not in FIGURES)
    key = (
        "search.some-unvalued"
        if answer.found.total or unvalued.count < unvalued.total
        else "search.all-unvalued"
    )
    title = words.say(key, filters=filters, count=unvalued.count, total=unvalued.total)
    kept = [pair for pair in answer.asked.criteria.pairs if pair[0] not in (*FIGURES, "sort", "page")]
    link = Link(words.say("search.show-unsorted", total=unvalued.total), answer.href(without(kept, "page")))
    return Notice(Tone.QUIET, title, words.say("search.unvalued-text"), (link,))


def _steps(answer: Answer, chips: Chips, count_without: Count) -> tuple[Link, ...]:
    """Which filter shut everything out: each with the number there would be without it, most first."""
    words = answer.words
    gains: dict[Field | str, int] = {}
    for field, _ in chips:
        if field != "basis" and field not in gains:
            gains[field] = count_without(field)
    best = sorted(((gain, field) for field, gain in gains.items() if gain), key=lambda one: -one[0])[:STEPS]
    steps = []
    for gain, field in best:
        mine = [chip for name, chip in chips if name == field]
        label = words.listed(chip.label for chip in mine)
        query = without(answer.asked.criteria.pairs, str(field))
        href = mine[0].remove_href if len(mine) == 1 else answer.href(query)
        steps.append(Link(words.say("search.drop", label=label, count=formats.number(gain)), href))
    if chips:
        steps.append(Link(words.say("search.drop-all"), answer.href(clear(answer))))
    steps.append(Link(words.say("step.verify"), f"/{words.lang}/verify"))
    return tuple(steps)
