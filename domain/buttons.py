"""What a button, or a numbered choice, asks for: a verb and the ids it is about, packed into a short key.

A key grants nothing: whoever sends it is checked against the database where the act happens.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from domain.outgoing import Choice


class Verb(StrEnum):
    """Everything that can be chosen."""

    LIST = "list"  # list:<filter>:<page>
    OPEN = "open"  # open:<assignment>
    ACCEPT = "accept"  # accept:<assignment>
    ACCEPT_ALL = "acceptall"  # acceptall:<message> or acceptall:0 for everything
    DONE = "done"  # done:<assignment>
    PROGRESS = "progress"
    OBSTACLE = "obstacle"
    EXTEND = "extend"  # extend:<assignment>: ask for a later date
    NOT_OURS = "notours"  # notours:<assignment>
    WITHDRAW = "withdraw"  # withdraw:<assignment>: take back what waits for the office's answer
    ASK = "ask"  # ask:<assignment>: ask a coordinating agency for something
    PARTNER = "partner"  # partner:<agency>: that one is asked
    REQUEST = "request"  # request:<request>: look at it
    PROVIDE = "provide"  # provide:<request>: answer it
    UNASK = "unask"  # unask:<request>: take it back
    EXTENSION = "ext"  # ext:<extension>: what was asked, for the office to answer
    GRANT = "grant"  # grant:<extension>:asked|other
    REFUSE = "refuse"  # refuse:<extension>
    ANSWER = "answer"  # answer:<assignment>: the office answers an obstacle
    KEEP = "keep"  # keep:<assignment>: it stays with its agency
    REASSIGN = "reassign"  # reassign:<assignment>: another agency gets it
    AGENCY = "agency"  # agency:<agency>: this one
    BROADCAST = "broadcast"  # broadcast:new | to:<whom> | file | nofile | undo:<broadcast>: one text to many
    FOCAL = "focal"  # the list of focal officers, as files
    RECONFIRM = "reconfirm"  # reconfirm:same|change:<question> | status: who an agency's focal officers are
    ADD_AGENCY = "addagency"  # addagency:<assignment>: one more agency gets the task too
    CALL_OFF = "calloff"  # calloff:<assignment>[:one|all]: the task is cancelled
    GIVE = "give"  # give:new | who | what | when | basis | oral | undated: a task given by chat
    CONFIRM = "confirm"  # the coordinating office confirms a report
    CONFIRM_ALL = "confirmall"  # every report whose result has a number and a date, shown first
    RETURN = "return"
    DATE = "date"  # date:<assignment>: give a task that waits a date
    ROUND = "round"  # round:<assignment>: one more round of a task on occasion
    CHECK_IN = "checkin"  # checkin:<answer>:<agency>
    ALSO = "also"  # also:<assignment>: this evidence completes that one too
    SEAT = "seat"  # seat:<membership>:yes|no
    OFFICE = "office"  # office:<list>:<page>[:<agency, assignment or day>[:<part>]]
    URGE = "urge"  # urge:late|agency|task|day|one:<id>: press for what is late there
    LETTER = "letter"  # letter:<as urge>: an official letter about it
    LETTER_NUMBER = "letterno"  # letterno:<urge>: number and date of the signed letter
    LETTER_DROP = "letterdrop"  # letterdrop:<urge>: it will not be signed
    PASTE = "paste"  # paste:<as urge>: the list as plain text for a group chat
    FORWARD = "forward"  # forward:<assignment>: pass an obstacle on
    FORWARD_TO = "forwardto"  # forwardto:person|agency:<id>
    EVIDENCE = "evidence"  # evidence:<assignment>: all evidence of its task as one file
    DIGEST = "digest"  # digest[:<leader>]: the overview, or that leader's digest
    BRIEFING = "brief"  # brief:late:<leader>:<page> | of:<leader>:<agency>:<page>: from a digest to the tasks behind it
    DIGEST_CHECK = "dcheck"  # dcheck:show | hold | go | note | bare:<day>: the office's look at a coming digest
    READER = "reader"  # reader:list | part | reader | pick | drop | end:<leader>[:<what>]: portfolio, readers
    PREVIEW = "preview"  # preview:hold|go|drop:<agency or 0 for all>:<day>: what goes to heads and leaders
    CALENDAR = "calendar"  # calendar:show | add | remove:<day or ""> | kind:<kind> | confirm:<year> | page
    WHY = "why"  # why:<assignment>: why its date is what it is
    PROOF = "proof"  # proof:<assignment>: who was told of it, and when
    ABOUT = "about"  # about:<assignment>: what was typed is about this one
    ELSE = "else"  # about none of those that were offered
    FILE = "file"  # file:<bundle>: say what the files that were sent are
    TAKE = "take"  # take:file|typed: which of two numbers of a document holds
    CASE_KIND = "kind"  # kind:<case kind>
    CASELOAD = "load"  # load:list:<page> | open|take|<flow>:<case>: citizens' cases, for their agency
    CASE_ANSWER = "caseans"  # caseans:<answer>: an answer that is offered to what is asked about such a case
    REGISTER = "reg"  # reg:open|more|page:<case> | history:<case>:<page> | do:<act>:<case>: the register of such cases
    PUBLISH = "pub"  # pub:list:<page> | new|title|mask|keep|page:<case> | see|back|off:<version>: cases made public
    MINE = "mine"  # mine:list | open|add|again|appeal|withdraw:<case> | rate:<case>:<rating>: what one has sent
    DATA = "data"  # data:menu|see|fix|stop|erase | take:<request> | list | show|done|refuse|extend:<request>
    AGREE = "agree"
    SKIP = "skip"
    YES = "yes"  # yes:<the question>[:<assignment>], so that an old message answers no other question
    BACK = "back"
    CANCEL = "cancel"
    FEEDBACK = "feedback"
    TELL = "tell"  # tell:<word>[:<what>]: an answer to the open question of a citizen's feedback
    PLANS = "plans"  # plans:<page>
    PLAN = "plan"  # plan:<plan>
    PAGE = "page"  # page:home | page:<task's code>: a link to a page of the office
    PLAN_PAGE = "planpage"  # planpage:<plan>: a link to its web page
    PLAN_HEADS = "planheads"  # planheads:<plan>[:on|off]: heads of agencies confirm its reports first
    DOUBTS = "doubts"  # doubts:<plan>: go through what is asked about it
    SETTLE = "settle"  # settle:<plan>:<doubt>:<number of the offered answer>
    KEEP_REST = "keeprest"  # keeprest:<plan>
    ISSUE = "issue"  # issue:<plan>: show what would be issued
    INTAKE = "intake"  # the file that was sent is a plan
    SUBSTITUTE = "sub"  # sub:<agency>:<role>: who is to stand in for this seat of mine
    SUBSTITUTE_BY = "subby"  # subby:<person>: this colleague
    SUBSTITUTE_END = "subend"  # subend:<substitution>
    NEWCOMER = "newcomer"  # newcomer:<agency>: a code for somebody new there
    PEOPLE = "people"  # people:<agency or 0>:<page>
    LEAVE = "leave"  # leave:<membership>
    HEAD_CONFIRM = "headok"  # headok:<assignment>: the agency's head agrees to a report
    HEAD_RETURN = "headback"  # headback:<assignment>: the agency's head returns it
    DIRECT = "direct"  # direct:<kind>:task|agency:<id>: a leader's word
    DIRECTION = "direction"  # direction:<direction, or 0 for the list>[:file]
    DIRECTION_ACT = "diract"  # diract:<act>:<direction>
    RANK = "rank"  # rank:<membership>[:<rank>]: where somebody stands inside the office
    FOLLOW = "follow"  # follow:list | add | drop:<follow>: what an official, or a leader, follows
    FOLLOWED = "followed"  # followed:<agency>: this one, of several of that name
    ACCOUNT = "account"  # account:list | account:leave:<chat>
    PREFER = "prefer"  # prefer:menu | order | hours | first:<chat> | within:<from>:<until> | brief:<chat>:on|off
    FEED = "feed"  # feed:list | feed:make:<agency or 0> | feed:drop:<feed>
    CLOSING = "closing"  # closing:<plan>: what is unfinished at the year's end
    FORM = "form"  # form:list | show|fill|book|file|send:<form>:<agency> | take:<intake>: what a unit fills in
    COLLECTION = "collect"  # collect:list | new | show|press|ask_close|merge:<form>: forms as the office sees them
    PERIODIC = "periodic"  # periodic:pick | make|freeze:<period>: the periodic report
    CASE_PAPER = "casepaper"  # casepaper:pick|<kind>:<case>: a paper about a case, as a Word file
    CASE_LIST = "caselist"  # caselist:source:<source> | take:<intake> | export[:<which>]: lists of other registers
    FIGURES = "figures"  # figures:list | series:<series> | take:<intake>: imported tables
    PUBLICATION = "public"  # public:list | new:<kind>:<period> | show|approve|return|post:<publication>
    REPORT = "report"  # report:menu | make|frozen|freeze|plans:<period>[:<plan>]: how the plans are carried out
    GROUP = "group"  # group:code:<agency> | group:summary:<chat>:on|off | group:drop:<chat>

    INDICATOR = "ind"  # ind:list:<year>:<page> | open:<id>:<page> | of:<id>:<agency> | missed:<page> | file:<year>
    VALUE = "value"  # value:give:<indicator>:<agency> | at:<period>: what an agency reached, 0 for all together
    TARGET = "target"  # target:add | list:<page> | look|take|drop:<indicator>: what is to be reached

    @property
    def only_reads(self) -> bool:
        """Whether choosing it shows something and changes nothing: its answer may take the place of what was shown."""
        return self in _READING


_READING = {
    Verb.DIRECTION,
    Verb.LIST,
    Verb.OPEN,
    Verb.WHY,
    Verb.PROOF,
    Verb.REQUEST,
    Verb.EXTENSION,
    Verb.OFFICE,
    Verb.DIGEST,
    Verb.BRIEFING,
    Verb.PLANS,
    Verb.PLAN,
    Verb.PEOPLE,
    Verb.CLOSING,
    Verb.REGISTER,
}


@dataclass(frozen=True, slots=True)
class Button:
    """One choice: the verb and its arguments (ids or short words)."""

    verb: Verb
    args: tuple[str, ...] = ()

    def pack(self) -> str:
        """Return the key."""
        return ":".join((self.verb, *self.args))

    @classmethod
    def unpack(cls, key: str) -> Self | None:
        """Return the button behind a key, None for a key this program does not know (any longer)."""
        verb, *args = key.split(":")
        return cls(Verb(verb), tuple(args)) if verb in set(Verb) else None

    def number(self, at: int = 0) -> int:
        """Return an argument as a number, 0 where it is none: no row has that id."""
        text = self.args[at] if len(self.args) > at else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def word(self, at: int = 0) -> str:
        """Return an argument as a word, "" where it is missing."""
        return self.args[at] if len(self.args) > at else ""


def choice(label: str, verb: Verb, *args: object, listed: bool = False) -> Choice:
    """Return a choice with that label; `listed` tells that the text says it under its number already."""
    return Choice(label, Button(verb, tuple(str(arg) for arg in args)).pack(), listed)
