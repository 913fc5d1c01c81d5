"""The child process that reads one file: `python -m documents.worker FILE SECONDS MEMORY_MB`.

Prints one line: "document" or "refused", a tab, and the document as JSON or the sentence of the refusal. How far
it is goes to standard error, one line "progress", what is counted, done, total, parted by tabs.
"""

import json
import sys
from pathlib import Path

from documents import codec
from documents.confine import confine
from documents.guard import PROGRESS, TOO_MUCH
from documents.read import read
from domain.errors import DocumentRefused


def _tell(counted: str, done: int, total: int) -> None:
    sys.stderr.write(f"{PROGRESS}\t{counted}\t{done}\t{total}\n")
    sys.stderr.flush()


def main(arguments: list[str]) -> None:
    """Read the file within the limits and print what came of it."""
    path, seconds, memory = Path(arguments[0]), float(arguments[1]), int(arguments[2])
    confine(seconds, memory)
    try:
        answer = f"document\t{codec.dumps(read(path, _tell))}"
    except DocumentRefused as refusal:
        answer = f"refused\t{json.dumps(refusal.sentence)}"
    except MemoryError:
        answer = f"refused\t{json.dumps(TOO_MUCH.format(name=path.name))}"
    sys.stdout.write(answer)


if __name__ == "__main__":
    main(sys.argv[1:])
