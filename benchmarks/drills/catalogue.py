"""Every drill, in the order of the table."""

from itertools import chain

from benchmarks.drills import chats, citizens, databases, kills, provider, times, webhook
from benchmarks.drills.stage import Drill

DRILLS: tuple[Drill, ...] = tuple(
    chain.from_iterable(one.DRILLS for one in (kills, citizens, provider, chats, webhook, databases, times))
)
