#!/usr/bin/env python3
"""Renders every output of three samples as it is printed and measures the smallest type on each kind of sheet.

Usage: tests/printed_size.py [-v] [PROGRAM]
PROGRAM is the built taizhang (target/debug/taizhang by default). Needs LibreOffice, Chromium, poppler and openpyxl.
Exits 1 where printed type is below 7.5 points on the paper that the sheet names, a row is too low for its text, or the
missing-items page needs more paper than an overview, the table of units and a page for 40 missing items.

Left out: the sheets of marked copies behind their list (退回, the unit's own) and the municipal office's own form,
which keep the page that their owner set up.
"""
import glob, os, re, shutil, subprocess, sys, tempfile, unicodedata

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

SAMPLES = ["bureau", "township", "three-year"]
LEAST = 7.5
ITEMS_OF_PAGE = 40
# pdftohtml gives whole numbers; this zoom is its largest
ZOOM = 3
# The text of a line takes so much height, in points, at 10.5 points of type (ascent and descent of the usual fonts).
LINE = 13.6
LEFT_OUT = {"市级汇总表.xlsx"}


def printed(pdf):
    """The pages of a PDF: for each its type sizes in points with an example, and its text."""
    xml = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-zoom", str(ZOOM), "-stdout", pdf], capture_output=True, check=True, text=True
    ).stdout
    sizes, pages = {}, []
    for page in xml.split("<page ")[1:]:
        for number, size in re.findall(r'<fontspec id="(\d+)" size="(-?\d+)"', page):
            sizes[number] = int(size)
        found, text = {}, []
        for number, words in re.findall(r'<text [^>]*font="(\d+)"[^>]*>(.*?)</text>', page, re.S):
            words = re.sub(r"<[^>]*>", "", words).strip()
            if words:
                text.append(words)
                # a size that was cut to a whole number is at most one above
                found.setdefault(sizes[number] / ZOOM, words)
        pages.append((found, "\n".join(text)))
    return pages


def width(text):
    """The width of a text in characters of half width."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def low_rows(path):
    """Cells whose text needs more lines than their row is high."""
    cut = []
    for sheet in openpyxl.load_workbook(path):
        merged = {}
        for area in sheet.merged_cells.ranges:
            for row in range(area.min_row, area.max_row + 1):
                for col in range(area.min_col, area.max_col + 1):
                    merged[row, col] = area
        wide = {}
        for letter, dimension in sheet.column_dimensions.items():
            for col in range(dimension.min, dimension.max + 1):
                wide[col] = dimension.width
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str):
                    continue
                area = merged.get((cell.row, cell.column))
                if area and (cell.row, cell.column) != (area.min_row, area.min_col):
                    continue
                rows = range(area.min_row, area.max_row + 1) if area else [cell.row]
                cols = range(area.min_col, area.max_col + 1) if area else [cell.column]
                heights = [sheet.row_dimensions[at].height for at in rows]
                if None in heights:
                    continue  # the office program fits the row itself
                room = sum(wide.get(at, 9) for at in cols) - 0.7
                type_size = cell.font.sz or 11
                room *= 10.5 / type_size
                lines = sum(max(1, -(-width(line) // max(2, int(room)))) for line in cell.value.split("\n"))
                if lines * LINE * type_size / 10.5 > sum(heights) + 1 and sum(heights) < 409:
                    cut.append(f"{sheet.title}!{cell.coordinate}: {lines} lines in {sum(heights):.0f} points: {cell.value[:20]!r}")
    return cut


def missing_items(path):
    """The number of lines of 缺项清单 in the missing-items workbook."""
    lists = [sheet for sheet in openpyxl.load_workbook(path, read_only=True) if sheet.title.startswith("缺项清单")]
    return sum(isinstance(row[0], int) for sheet in lists for row in sheet.iter_rows(values_only=True))


def outputs(program, sample, work):
    """Runs a sample and makes its forms; gives the outputs with the names under which they are shown."""
    folder = os.path.join(work, sample)
    shutil.copytree(os.path.join("samples", sample), folder, ignore=shutil.ignore_patterns("source", "输出", "下发", ".taizhang"))
    for command in ["run", "forms"]:
        subprocess.run([program, command, folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for top in ["输出", "下发"]:
        for path in sorted(glob.glob(os.path.join(folder, top, "**", "*.*"), recursive=True)):
            if path.rsplit(".", 1)[-1] in ("xlsx", "docx", "html") and os.path.basename(path) not in LEFT_OUT:
                yield os.path.relpath(path, folder), path


def render(paths, work):
    """Each path printed to PDF."""
    made = {}
    numbered = []
    for number, path in enumerate(paths):
        ending = path.rsplit(".", 1)[-1]
        copy = os.path.join(work, f"{number:03}.{ending}")
        shutil.copy(path, copy)
        made[path] = copy.rsplit(".", 1)[0] + ".pdf"
        if ending == "html":
            subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                 f"--user-data-dir={work}/browser", f"--print-to-pdf={made[path]}", f"file://{copy}"],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        else:
            numbered.append(copy)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{work}/office", "--headless", "--convert-to", "pdf", "--outdir", work, *numbered],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    return made


def kind_of(name, page_text):
    """What a page is, for the summary: the file's kind and, in a workbook, its sheet."""
    base = os.path.basename(name)
    folder = name.split("/")[-2] if "/" in name else ""
    kind = base if base in ("汇总台账.xlsx", "缺项报告.xlsx", "缺项报告.html", "工作报告.docx", "整改销号.docx") else f"{folder}/*"
    if kind.endswith(".xlsx"):
        last = page_text.split("\n")
        known = ["封面", "统计", "汇总台账", "资料目录", "未归类", "来源", "概况", "缺项清单", "单位情况", "任务×单位", "问题清单", "整改销号", "认定记录"]
        sheet = next((line for line in reversed(last) if line in known), "单位")
        kind = f"{kind} {sheet}"
    return kind


def main():
    verbose = "-v" in sys.argv
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    program = os.path.abspath(given[0] if given else os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "debug", "taizhang"))
    smallest, faults = {}, []
    for sample in SAMPLES:
        with tempfile.TemporaryDirectory() as work:
            found = [(name, path) for name, path in outputs(program, sample, work) if "/退回/" not in name]
            made = render([path for _, path in found], work)
            for name, path in found:
                pages = printed(made[path])
                if path.endswith("缺项报告.html"):
                    items = missing_items(path.replace(".html", ".xlsx"))
                    print(f"{sample} {name}: {items} items on {len(pages)} pages")
                    if len(pages) > 2 + -(-items // ITEMS_OF_PAGE):
                        faults.append(f"{sample} {name}: {items} items on {len(pages)} pages")
                for number, (sizes, text) in enumerate(pages, 1):
                    if not sizes:
                        continue
                    size = min(sizes)
                    kind = kind_of(name, text)
                    if kind not in smallest or size < smallest[kind][0]:
                        smallest[kind] = (size, f"{sample} {name} page {number}: {sizes[size][:30]}")
                if path.endswith(".xlsx"):
                    faults += [f"{sample} {name} {cell}" for cell in low_rows(path)]
    for kind, (size, where) in sorted(smallest.items(), key=lambda item: item[1]):
        print(f"{size:5.1f} pt  {kind:24} {where if verbose or size < LEAST else ''}")
    faults += [f"{size:.1f} pt: {where}" for size, where in smallest.values() if size < LEAST]
    for fault in faults:
        print("FAULT", fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
