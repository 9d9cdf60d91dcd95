"""The page under the pen: margins, the place of the next line, and the number at its foot."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from shared.documents.typefaces import Face, Typefaces

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

MILLIMETRE: Final = 72 / 25.4
A4: Final = (210 * MILLIMETRE, 297 * MILLIMETRE)
# GB/T 9704 §5.2: 37 mm above the text, 28 mm beside it at the binding, 156 × 225 mm of text.
TOP, LEFT = 37 * MILLIMETRE, 28 * MILLIMETRE
WIDTH, HEIGHT = 156 * MILLIMETRE, 225 * MILLIMETRE
FOOT: Final = 7 * MILLIMETRE
NUMBER_POINTS: Final = 14.0
WEIGHT: Final = 0.035  # a heading in a text font is drawn heavier by this part of its size
SMALL: Final = 12.0
BLACK: Final = (0.0, 0.0, 0.0)
RED: Final = (0.85, 0.0, 0.0)
GREY: Final = (0.6, 0.6, 0.6)

type Colour = tuple[float, float, float]


class Page:
    """The current page of a paper; a line that has no room turns it."""

    def __init__(self, canvas: "Canvas", fonts: Typefaces, *, landscape: bool = False) -> None:
        """Begin the first page."""
        self.canvas = canvas
        self.fonts = fonts
        across, high = A4[::-1] if landscape else A4
        self.size = (across, high)
        self.left = LEFT
        self.width = HEIGHT + 20 * MILLIMETRE if landscape else WIDTH
        self.top = high - (25 * MILLIMETRE if landscape else TOP)
        self.bottom = self.top - (WIDTH if landscape else HEIGHT)
        self.y = self.top
        self.number = 1
        self._plain: PDFTextObject | None = None
        self._font: tuple[str, float] | None = None
        canvas.setPageSize(self.size)

    def keep(self, height: float) -> None:
        """What follows stays together: turn the page where it has no room."""
        if self.y - height < self.bottom and self.y < self.top:
            self.turn()

    def skip(self, height: float) -> None:
        """Leave room; none is left at the head of a page."""
        if self.y < self.top:
            self.y -= height

    def turn(self) -> None:
        """Begin a new page."""
        self.end()
        self.number += 1
        self.y = self.top

    def end(self) -> None:
        """Number the page, odd ones at the right and even ones at the left, and finish it."""
        text = f"— {self.number} —"
        wide = self.fonts.width(text, Face.TEXT, NUMBER_POINTS)
        edge = self.width - wide - NUMBER_POINTS if self.number % 2 else NUMBER_POINTS
        place = (self.left + edge, self.bottom - FOOT - NUMBER_POINTS)
        self.write(text, Face.TEXT, NUMBER_POINTS, place)
        self._put()
        self.canvas.showPage()

    def broken(self, text: str, face: Face, points: float) -> Sequence[str]:
        """The lines of a text over the whole width."""
        return self.fonts.lines(text, face, points, self.width)

    def balanced(self, text: str, face: Face, points: float) -> Sequence[str]:
        """The same, in lines of about one length, as a title stands."""
        found = self.broken(text, face, points)
        room = self.width
        while len(found) > 1 and room > points:
            room -= points
            narrower = self.fonts.lines(text, face, points, room)
            if len(narrower) > len(found):
                break
            found = narrower
        return found

    def line(  # noqa: PLR0913 - how a line looks
        self,
        text: str,
        face: Face,
        points: float,
        leading: float,
        *,
        indent: float = 0,
        align: float = 0,
        colour: Colour = BLACK,
    ) -> None:
        """One line, its text beginning after `indent`, or placed by `align` from 0 to 1."""
        if self.y - leading < self.bottom:
            self.turn()
        free = self.width - self.fonts.width(text, face, points) if align else 0
        self.y -= leading
        place = (self.left + indent + free * align, self.y + (leading - points) / 2)
        self.write(text, face, points, place, colour)

    def write(
        self,
        text: str,
        face: Face,
        points: float,
        place: tuple[float, float],
        colour: Colour = BLACK,
    ) -> None:
        """Text at a place."""
        heavy = face is not Face.TEXT and not self.fonts.is_own(face)
        pen, across = None, place[0]
        runs = [*self.fonts.runs(text, face)] if text else []
        for font, run in runs:
            if heavy or colour != BLACK:
                pen = None
                self._apart(run, (font.name, points), (across, place[1]), (colour, heavy))
            else:
                pen = pen or self._pen()
                pen.setTextOrigin(across, place[1])
                if self._font != (font.name, points):
                    self._font = (font.name, points)
                    pen.setFont(*self._font)
                pen.textOut(run)
            if len(runs) > 1:
                across += font.width(run, points)

    def _pen(self) -> "PDFTextObject":
        """One for plain text that follows upon another: a new one costs more than to write."""
        if self._plain is None:
            self._plain, self._font = self.canvas.beginText(), None
        return self._plain

    def _put(self) -> None:
        """What was written stands before what follows: a reader goes through in this order."""
        if self._plain is not None:
            self.canvas.drawText(self._plain)
            self._plain = None

    def _apart(
        self,
        run: str,
        font: tuple[str, float],
        place: tuple[float, float],
        look: tuple[Colour, bool],
    ) -> None:
        """The colour and weight of one text must not become those of the next."""
        self._put()
        (colour, heavy), points = look, font[1]
        pen = self.canvas.beginText(*place)
        pen.setFont(*font)
        self.canvas.saveState()
        pen.setFillColorRGB(*colour)
        if heavy:
            pen.setStrokeColorRGB(*colour)
            self.canvas.setLineWidth(points * (WEIGHT if points > SMALL else WEIGHT / 2))
            pen.setTextRenderMode(2)
        pen.textOut(run)
        self.canvas.drawText(pen)
        self.canvas.restoreState()

    def rule(self, thickness: float, colour: Colour) -> None:
        """A line over the whole width."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(self.left, self.y, self.left + self.width, self.y)

    def seal(self, across: float, high: float, radius: float, text: str) -> None:
        """The place where the seal goes, lightly drawn."""
        self.canvas.setStrokeColorRGB(*GREY)
        self.canvas.setLineWidth(0.7)
        self.canvas.setDash(3, 3)
        self.canvas.circle(across, high, radius)
        self.canvas.setDash()
        wide = self.fonts.width(text, Face.TEXT, 12)
        self.write(text, Face.TEXT, 12, (across - wide / 2, high + radius * 0.55), GREY)
