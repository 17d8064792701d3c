"""Tables as a README shows them."""

from collections.abc import Sequence

Row = Sequence[str]


def printed(header: Row, rows: Sequence[Row]) -> None:
    """Print the table in Markdown, its first column to the left and the numbers to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    for row in (header, rule, *rows):
        first, *others = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("| " + " | ".join([first, *others]) + " |")
    print(flush=True)


def goal(name: str, value: float, most: float) -> None:
    """Print a figure beside the most that it should be."""
    print(f"{name} = {value:.2f}, goal <= {most:g}: {verdict(reached=value <= most)}")


def verdict(*, reached: bool) -> str:
    """Whether a goal was reached."""
    return "reached" if reached else "MISSED"
