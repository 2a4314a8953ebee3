#!/usr/bin/env python3
"""Compares every cell of Word tables as the reader gives it with what python-docx and its XML tree give.

Usage: tests/word_reader.py FOLDER [-v]
Builds and runs `cargo run --example cells` file by file. Exits 1 if fewer than 99.9 % of the filled cells agree.

A cell agrees when python-docx gives the same text, white space aside. Where it gives another (it does not look into
content controls, insertions, symbols, hidden text, automatic numbers), the rules of the contract are walked once more
over its tree, and a cell that agrees with that is counted as explained.
"""
import collections, json, os, re, subprocess, sys

from docx.opc.package import OpcPackage
from docx.oxml.parser import parse_xml
from docx.table import _Cell as Cell
from openpyxl.utils import get_column_letter

from second_reader import ours

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def unescaped(text):
    signs = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
    sign = lambda m: chr(int(m[1], 16)) if m[1] else signs.get(m[2], m[2])
    return re.sub(r"\\(?:u\{([0-9a-f]+)\}|(.))", sign, text)


def children(node, name):
    """Children of this name, those in content controls and the like included."""
    for child in node:
        if not isinstance(child.tag, str):
            continue
        if child.tag == W + name:
            yield child
        elif child.tag.split("}")[1] in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"):
            yield from children(child, name)


def number(node, path, default):
    found = node.find(path)
    try:
        return int(found.get(W + "val")) if found is not None else default
    except (TypeError, ValueError):
        return default


LEFT = {"del", "moveFrom", "tbl", "txbxContent", "rt", "object", "pPr", "rPr", "sdtPr", "Fallback", "tcPr"}


def walked(node, state):
    """The text of a cell by the contract's rules."""
    out = []
    for child in node:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.split("}")[1]
        if name in LEFT:
            continue
        if name == "r":
            props = child.find(W + "rPr")
            if props is not None and props.find(W + "vanish") is not None:
                if props.find(W + "vanish").get(W + "val") not in ("0", "false"):
                    continue
        if name == "sdt":
            props = child.find(W + "sdtPr")
            if props is not None and any(p.tag.endswith("}checkbox") for p in props):
                out.append("\1")
                continue
            if props is not None and props.find(W + "showingPlcHdr") is not None:
                continue
        if name == "fldChar":
            kind = child.get(W + "fldCharType")
            if kind == "begin":
                state.append(True)
                if child.find(W + "ffData") is not None and child.find(W + "ffData").find(W + "checkBox") is not None:
                    out.append("\1")
            elif state:
                state[-1:] = [False] if kind == "separate" else []
        elif name == "t" and not any(state):
            out.append(child.text or "")
        elif name == "sym":
            out.append("\1")
        elif name == "noBreakHyphen":
            out.append("-")
        elif name != "instrText":
            out.append(walked(child, state))
    return "".join(out)


def placeholder(tc):
    """Whether the cell stands in an unfilled content control."""
    controls = (up.find(W + "sdtPr") for up in tc.iterancestors(W + "sdt"))
    return any(props is not None and props.find(W + "showingPlcHdr") is not None for props in controls)


def cells(tbl):
    """(row, column) → cell, as they stand in the grid."""
    for row, tr in enumerate(children(tbl, "tr")):
        col = number(tr, f"{W}trPr/{W}gridBefore", 0)
        for tc in children(tr, "tc"):
            yield (row, col), tc
            col += max(number(tc, f"{W}tcPr/{W}gridSpan", 1), 1)


def bare(text):
    return re.sub(r"[\s\u00ad]+", "", text)


def same(text, mine):
    """Whether two texts agree; \1 stands for a sign whose font tells what it is."""
    pattern = re.escape(bare(text)).replace("\1", ".?")
    return re.fullmatch(pattern, bare(mine), re.S) is not None


def main():
    folder, verbose = sys.argv[1], "-v" in sys.argv
    subprocess.run(["cargo", "build", "-q", "--example", "cells"], check=True)
    exe = os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "debug", "examples", "cells")
    count, filled, agree = collections.Counter(), 0, 0
    for path in sorted(os.path.join(d, f) for d, _, files in os.walk(folder) for f in files):
        if path.rsplit(".", 1)[-1].lower() not in ("docx", "docm", "dotx"):
            continue
        told, refused = ours(path, exe)
        mine = {place: unescaped(text) for place, (_, text) in told.items()}
        if refused and refused.startswith("CRASH"):
            count["crashed"] += 1
            print("CRASH", path, refused)
            continue
        try:
            with open(path, "rb") as file:
                part = OpcPackage.open(file).main_document_part
            blob = part.blob.replace(STRICT[1:-1].encode(), W[1:-1].encode())
            body = parse_xml(blob)
        except Exception as error:
            count["refused by both" if refused else "read by us alone"] += 1
            if verbose:
                print(f"theirs refused: {path}: {type(error).__name__} {error}; ours: {refused}")
            continue
        tables = [tbl for tbl in body.iter(W + "tbl") if not any(up.tag.endswith("}Fallback") for up in tbl.iterancestors())]
        if refused:
            count["refused by us alone"] += 1
            print(f"OURS REFUSED {path}: {refused} ({len(tables)} tables)")
            continue
        count["files"] += 1
        count["tables"] += len(tables)
        wrong, seen = [], set()
        for at, tbl in enumerate(tables):
            for (row, col), tc in cells(tbl):
                place = (at, f"{get_column_letter(col + 1)}{row + 1}")
                seen.add(place)
                got = mine.get(place, "")
                theirs = Cell(tc, None).text
                if not bare(theirs) and not bare(got):
                    continue
                filled += 1
                if bare(theirs) == bare(got):
                    agree += 1
                    count["same as python-docx"] += 1
                    continue
                again = "" if placeholder(tc) else walked(tc, [])
                numbered = not bare(again) and tc.find(f".//{W}numPr") is not None
                if same(again, got) or numbered:
                    agree += 1
                    count["automatic number" if numbered else "explained"] += 1
                else:
                    wrong.append((place, got, theirs, again))
        extra = [place for place in mine if place not in seen]
        count["ours alone"] += len(extra)
        if wrong or extra:
            print(f"DIFFERENT {path}: {len(wrong)} cells differ, {len(extra)} are ours alone")
            for line in (wrong + extra)[: 20 if verbose else 3]:
                print("   ", line)
    rate = agree / filled if filled else 1
    print(f"{filled} filled cells, {agree} agree ({rate:.3%});", dict(count))
    return 1 if rate < 0.999 or count["crashed"] else 0


if __name__ == "__main__":
    sys.exit(main())
