"""Writes the fonts of printed figures; README.md beside says from what and how."""

import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

# Latin with its accents, Greek, punctuation, raised and lowered figures, arrows, and the signs of plain formulas.
CHARACTERS = set(
    parse_unicodes(
        "20-7E,A0-17F,192,384-3CE,2010-2027,2030-2033,2039-203A,2044,2070-208E,20AC,2122,2190-2193,"
        "2202,2206-2208,220F,2211-2212,2215,221A,221E,2248,2260,2264-2265,25A1,FFFD"
    )
)

packages = Path(sys.argv[1])
stix, maths, inter = (packages / name for name in ("stix-two-text", "stix-two-math", "inter-ui"))


def write(name: str, sources: list[Path]) -> None:
    """One TrueType font of these characters, each from the first source that has it, without hints or kerning."""
    parts, left = [], set(CHARACTERS)
    for index, source in enumerate(sources):
        font = TTFont(source)
        # The PDF's writer sets letter by letter: without kerning and ligatures, all formats are set alike.
        options = Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False)
        options.drop_tables += ["MATH", "GSUB", "GPOS", "GDEF", "BASE", "STAT", "DSIG", "gasp", "meta"]
        subsetter = Subsetter(options)
        here = left & set(font.getBestCmap())
        left -= here
        subsetter.populate(unicodes=here)
        subsetter.subset(font)
        font.flavor = None
        part = Path(f"{name}.part{index}")
        font.save(part)
        parts.append(part)
    whole = Merger().merge([str(part) for part in parts]) if len(parts) > 1 else TTFont(parts[0])
    # The time of writing would make every build another file.
    whole.recalcTimestamp = False
    whole["head"].modified = whole["head"].created
    whole.save(Path(__file__).parent / f"{name}.ttf")
    for part in parts:
        part.unlink()
    print(name, "lacks", " ".join(sorted(f"U+{point:04X}" for point in left)) or "nothing")


for weight, ui_name in ((400, "Regular"), (700, "Bold")):
    subsets = [stix / f"files/stix-two-text-{part}-{weight}-normal.woff2" for part in ("latin", "latin-ext", "greek")]
    write(f"stix-two-text-{weight}", [*subsets, maths / "files/stix-two-math-latin-400-normal.woff2"])
    write(f"inter-{weight}", [inter / f"web/Inter-{ui_name}.woff2"])
