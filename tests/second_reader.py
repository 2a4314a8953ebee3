#!/usr/bin/env python3
"""Compares every cell the reader gives with what openpyxl (xlsx, xlsm) and xlrd (xls) give.

Usage: tests/second_reader.py FOLDER [-v]
Builds and runs `cargo run --example cells` file by file. Exits 1 if a difference is left that is not explained below.

Explained, and counted apart:
  dates       a serial without a day (60, negative, beyond 9999) stays a number with us
  digits      whole numbers of 16 digits and more are identifiers that lost digits
  uncalc      formulas without value are said so; openpyxl gives nothing
  pictures    DISPIMG cells are pictures, not text
"""
import collections, datetime, json, math, os, subprocess, sys, warnings

import openpyxl, xlrd
from openpyxl.utils import get_column_letter

warnings.filterwarnings("ignore")
EPOCH = datetime.datetime(1899, 12, 30)


def ours(path, exe):
    run = subprocess.run([exe, path], capture_output=True, timeout=120)
    cells, refused = {}, None
    if run.returncode != 0:
        refused = "CRASH " + run.stderr.decode(errors="replace")[-300:]
    for line in run.stdout.decode().split("\n"):
        part = line.split("\t")
        if part[0] == "refused":
            refused = part[2]
        elif part[0] == "cell":
            cells[(int(part[1]), part[2])] = (part[3], part[4])
    return cells, refused


def plain(value):
    """A cell of a second reader in our words."""
    if isinstance(value, bool):
        return ("truth", str(value).lower())
    if isinstance(value, (int, float)):
        return ("number", float(value))
    if isinstance(value, datetime.datetime):
        return ("date", value)
    if isinstance(value, datetime.date):
        return ("date", datetime.datetime(value.year, value.month, value.day))
    if isinstance(value, datetime.time):
        return ("date", datetime.datetime.combine(datetime.date(1899, 12, 31), value))
    if isinstance(value, datetime.timedelta):
        return ("duration", value.total_seconds())
    return ("text", str(value))


def with_openpyxl(path):
    book = openpyxl.load_workbook(path, data_only=True)
    for number, sheet in enumerate(book._sheets):
        if not hasattr(sheet, "_cells"):
            continue
        for (row, col), cell in sheet._cells.items():
            if cell.value is not None and cell.value != "":
                kind = ("fault", cell.value) if cell.data_type == "e" else plain(cell.value)
                yield (number, f"{get_column_letter(col)}{row}"), kind


def with_xlrd(path):
    book = xlrd.open_workbook(path, logfile=open(os.devnull, "w"))
    for number, sheet in enumerate(book.sheets()):
        for row in range(sheet.nrows):
            for col in range(sheet.row_len(row)):
                cell = sheet.cell(row, col)
                if cell.ctype in (0, 6) or cell.value == "":
                    continue
                kind = {
                    1: ("text", cell.value), 2: ("number", cell.value), 3: ("serial", cell.value + (1462 if book.datemode else 0)),
                    4: ("truth", str(bool(cell.value)).lower()), 5: ("fault", xlrd.error_text_from_code.get(cell.value, "?")),
                }[cell.ctype]
                yield (number, f"{get_column_letter(col + 1)}{row + 1}"), kind


def same(mine, theirs):
    (kind, value), (other_kind, other) = mine, theirs
    if kind == "text" and other_kind in ("text", "fault"):
        unescaped = value.replace("\\'", "'")
        folded = lambda text: text.replace("\r\n", "\n").replace("\r", "\n").strip()
        try:
            text = json.loads('"' + unescaped.replace("\\u{", "\\u{").replace("\\0", "\\u0000") + '"')
        except ValueError:
            text = unescaped.encode().decode("unicode_escape", errors="replace") if "\\u{" not in unescaped else None
        return text is None or folded(text) == folded(other)
    if kind in ("number", "percent"):
        if other_kind in ("serial", "number"):
            return math.isclose(float(value), other, rel_tol=1e-9, abs_tol=1e-12)
        if other_kind == "date":
            return "dates"
        return other_kind == "text" and "number as text"
    if kind in ("date", "duration"):
        if kind == "date":
            moment = datetime.datetime.fromisoformat(value)
            serial = (moment - EPOCH).total_seconds() / 86400
            if serial < 61:
                serial -= 1
        else:
            serial = float(value) / 86400
        if other_kind == "duration":
            other = other / 86400
        elif other_kind == "date":
            other = (other - EPOCH).total_seconds() / 86400
            if other < 61:
                other -= 1
        elif other_kind not in ("serial", "number"):
            return False
        # a time of day alone may come out as a duration and the other way round; 1904 days are counted by both
        return abs(serial - other) < 2e-5 or (serial < 2 and abs(serial % 1 - other % 1) < 2e-5)
    if kind == "digits":
        return "digits"
    if kind == "uncalculated":
        return "uncalc"
    return (kind, value) == (other_kind, str(other))


def main():
    folder, verbose = sys.argv[1], "-v" in sys.argv
    subprocess.run(["cargo", "build", "-q", "--example", "cells"], check=True)
    exe = os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "debug", "examples", "cells")
    count, compared, bad_files = collections.Counter(), 0, 0
    for path in sorted(os.path.join(d, f) for d, _, files in os.walk(folder) for f in files):
        readers = {"xlsx": with_openpyxl, "xlsm": with_openpyxl, "xls": with_xlrd}
        reader = readers.get(path.rsplit(".", 1)[-1].lower())
        if reader is None:
            continue
        try:
            mine, refused = ours(path, exe)
        except subprocess.TimeoutExpired:
            print(f"TIME OUT {path}")
            count["time out"] += 1
            continue
        try:
            theirs = dict(reader(path))
        except Exception as error:
            count["refused by both" if refused else "read by us alone"] += 1
            if verbose:
                print(f"theirs refused: {path}: {type(error).__name__} {error}; ours: {refused}")
            continue
        if refused:
            count["refused by us alone"] += 1
            print(f"OURS REFUSED {path}: {refused} ({len(theirs)} cells)")
            continue
        count["files compared"] += 1
        wrong = []
        for place, cell in theirs.items():
            got = mine.get(place)
            verdict = got is not None and same(got, cell)
            compared += 1
            if isinstance(verdict, str):
                count[verdict] += 1
            elif not verdict:
                wrong.append((place, got, cell))
        extra = [(p, c) for p, c in mine.items() if p not in theirs and c[0] not in ("uncalculated",) and c[1].strip()]
        count["ours alone"] += len(extra)
        if wrong or extra:
            bad_files += 1
            print(f"DIFFERENT {path}: {len(wrong)} cells differ, {len(extra)} are ours alone")
            for line in (wrong + extra)[: 20 if verbose else 3]:
                print("   ", line)
        count["cells that differ"] += len(wrong)
    print(f"{compared} cells compared;", dict(count))
    return 1 if count["cells that differ"] or count["time out"] else 0


if __name__ == "__main__":
    sys.exit(main())
