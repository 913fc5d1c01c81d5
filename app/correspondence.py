"""Letters written down and kept, so that a mail finds them when it leaves."""

from dataclasses import dataclass

from channels.files import FileKeeper
from domain.letters import Letter
from domain.local import local
from domain.outgoing import Attachment
from messages import appointments, letters


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Writes a letter as a Word file, and its dates for a calendar program."""

    files: FileKeeper

    def __call__(self, letter: Letter) -> tuple[Attachment, ...]:
        """Return the files of a letter; they are on disk."""
        day = f"{local(letter.written_at):%Y-%m-%d}"
        dates = appointments.ics(letter)
        made = [self.files.put(letters.docx(letter), f"thong-bao-viec-{day}.docx", letters.MEDIA_TYPE)]
        if dates is not None:
            made.append(self.files.put(dates, f"lich-han-{day}.ics", appointments.MEDIA_TYPE))
        return tuple(made)
