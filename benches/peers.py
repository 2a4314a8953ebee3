#!/usr/bin/env python3
"""Times taizhang's whole job beside other programs' read + concatenate + write, run in turn on one corpus.

    cargo bench --bench figures -- S        # builds the corpus and the program
    pip install pandas openpyxl python-calamine duckdb==1.5.5 duckdb-extension-excel==1.5.5 polars fastexcel xlsxwriter
    npm install xlsx
    python3 benches/peers.py target/tmp/corpus/S [runs [peer …]]

Without peers all of them. Prints the median of the paired ratios and the peers' versions. A peer that is not installed is
left out.
"""
import glob
import importlib.metadata
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PANDAS = """
import glob, sys, pandas as pd
frames = [pd.read_excel(f, engine={engine!r}, header=None) for f in sorted(glob.glob(sys.argv[1] + '/收件/*.xlsx'))]
pd.concat(frames).to_excel(sys.argv[2], index=False, engine='openpyxl')
"""
DUCKDB = """
import glob, importlib.util, os, sys, duckdb
db = duckdb.connect()
packed = importlib.util.find_spec('duckdb_extension_excel')
if packed:
    there = os.path.join(packed.submodule_search_locations[0], 'extensions', '*', 'excel.duckdb_extension')
    db.execute(f"LOAD '{glob.glob(there)[0]}'")
else:
    db.install_extension('excel'); db.load_extension('excel')
files = sorted(glob.glob(sys.argv[1] + '/收件/*.xlsx'))
# all twelve columns: without a range it takes the title for the whole table
reads = [f"SELECT * FROM read_xlsx('{f}', all_varchar=true, header=false, range='A1:L1000000', stop_at_empty=true)" for f in files]
db.execute("COPY (" + " UNION ALL BY NAME ".join(reads) + f") TO '{sys.argv[2]}' WITH (FORMAT xlsx)")
"""
POLARS = """
import glob, sys, polars as pl
files = sorted(glob.glob(sys.argv[1] + '/收件/*.xlsx'))
frames = [pl.read_excel(f, engine='calamine', has_header=False, infer_schema_length=0) for f in files]
pl.concat(frames, how='diagonal').write_excel(sys.argv[2])
"""
SHEETJS = """
const XLSX = require('xlsx'), fs = require('fs');
const [dir, out] = process.argv.slice(1);
const files = fs.readdirSync(dir + '/收件').filter((name) => name.endsWith('.xlsx')).sort();
const rows = files.flatMap((name) => {
  const book = XLSX.readFile(dir + '/收件/' + name);
  return XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 });
});
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), '汇总');
XLSX.writeFile(book, out, { compression: true });
"""
# name, the packages whose versions are told, and the command that runs the code
PYTHON, NODE = [sys.executable, "-c"], ["node", "-e"]
PEERS = {
    "pandas + openpyxl": (PANDAS.format(engine="openpyxl"), ["pandas", "openpyxl"], PYTHON),
    "pandas + calamine": (PANDAS.format(engine="calamine"), ["pandas", "python-calamine"], PYTHON),
    "duckdb": (DUCKDB, ["duckdb"], PYTHON),
    "polars": (POLARS, ["polars", "fastexcel", "xlsxwriter"], PYTHON),
    "SheetJS": (SHEETJS, [], NODE),
}


def wall(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    corpus, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    target = os.environ.get("CARGO_TARGET_DIR", Path(__file__).parent.parent / "target")
    program = Path(target) / "release/taizhang"
    files = len(glob.glob(f"{corpus}/收件/*.xlsx"))
    print(f"{corpus.name}: {files} files, median of {runs} paired runs\n| peer | peer s | taizhang s | taizhang ÷ peer |\n|---|---|---|---|")
    wanted = sys.argv[3:] or PEERS
    for name in wanted:
        code, packages, command = PEERS[name]
        try:
            versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in packages) or name
            pairs = []
            for _ in range(runs):
                with tempfile.TemporaryDirectory() as scratch:
                    peer = wall([*command, code, str(corpus), f"{scratch}/out.xlsx"])
                for left in ("输出", ".taizhang"):
                    shutil.rmtree(corpus / left, ignore_errors=True)
                pairs.append((peer, wall([program, "run", str(corpus), "--quiet"])))
            ratio = statistics.median(ours / peer for peer, ours in pairs)
            print(f"| {versions} | {statistics.median(p for p, _ in pairs):.2f} | {statistics.median(o for _, o in pairs):.2f} | {ratio:.3f} |")
        except (importlib.metadata.PackageNotFoundError, subprocess.CalledProcessError, FileNotFoundError) as error:
            print(f"| {name} | left out: {error} | | |")


main()
