"""The doors of this room."""

from staff.doors import OF_A_WAVE, Door
from staff.paper import desk, keying, printing, settling, sheets
from staff.permissions import Permission

PAPER = f"{OF_A_WAVE}/paper"
BOOKLET = f"{PAPER}/booklets/<booklet>"
SHEET = f"{PAPER}/sheets/<sheet>"
LONG_FORM = 512 * 1024  # a booklet in which somebody filled every line

DOORS = (
    Door(PAPER, desk.desk, Permission.KEY),
    Door(f"{PAPER}/begin", desk.begin, Permission.KEY, ("POST",)),
    Door(f"{PAPER}/number", desk.number, Permission.KEY, ("POST",)),
    Door(f"{PAPER}/second", desk.second, Permission.SET_UP, ("POST",)),
    Door(f"{PAPER}/booklet", printing.look, Permission.KEY),
    Door(f"{PAPER}/booklet.pdf", printing.look_at_pdf, Permission.KEY),
    Door(f"{PAPER}/print", printing.print_booklets, Permission.HAND_OUT_CODES, ("POST",)),
    Door(BOOKLET, keying.key, Permission.KEY),
    Door(BOOKLET, keying.keyed, Permission.KEY, ("POST",), largest=LONG_FORM),
    Door(f"{BOOKLET}/throw-away", desk.throw_away, Permission.KEY, ("POST",)),
    Door(f"{BOOKLET}/settle", settling.settle, Permission.SETTLE),
    Door(f"{BOOKLET}/settle", settling.settled, Permission.SETTLE, ("POST",), largest=LONG_FORM),
    Door(f"{PAPER}/sheets", sheets.upload, Permission.SETTLE, ("GET", "POST"), largest=sheets.LARGEST),
    Door(f"{PAPER}/sheets/empty.csv", sheets.template, Permission.SETTLE),
    Door(SHEET, sheets.preview, Permission.SETTLE),
    Door(f"{SHEET}/take-in", sheets.take_in, Permission.SETTLE, ("POST",)),
    Door(f"{SHEET}/let-go", sheets.let_go, Permission.SETTLE, ("POST",)),
)
