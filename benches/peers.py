#!/usr/bin/env python3
"""Times taizhang's whole job beside other programs' read + concatenate + write, run in turn on one corpus.

    cargo bench --bench figures -- S        # builds the corpus and the program
    pip install pandas openpyxl python-calamine duckdb
    python3 benches/peers.py target/tmp/corpus/S [runs]

Prints the median of the paired ratios and the peers' versions. A peer that is not installed is left out.
"""
import glob
import importlib.metadata
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
import glob, sys, duckdb
db = duckdb.connect(); db.install_extension('excel'); db.load_extension('excel')
files = sorted(glob.glob(sys.argv[1] + '/收件/*.xlsx'))
reads = [f"SELECT * FROM read_xlsx('{f}', all_varchar=true, header=false)" for f in files]
db.execute("COPY (" + " UNION ALL BY NAME ".join(reads) + f") TO '{sys.argv[2]}' WITH (FORMAT xlsx)")
"""
PEERS = {
    "pandas + openpyxl": (PANDAS.format(engine="openpyxl"), ["pandas", "openpyxl"]),
    "pandas + calamine": (PANDAS.format(engine="calamine"), ["pandas", "python-calamine"]),
    "duckdb": (DUCKDB, ["duckdb"]),
}


def wall(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    corpus, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    program = Path(__file__).parent.parent / "target/release/taizhang"
    files = len(glob.glob(f"{corpus}/收件/*.xlsx"))
    print(f"{corpus.name}: {files} files, median of {runs} paired runs\n| peer | peer s | taizhang s | taizhang ÷ peer |\n|---|---|---|---|")
    for name, (code, packages) in PEERS.items():
        try:
            versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in packages)
            pairs = []
            for _ in range(runs):
                with tempfile.TemporaryDirectory() as scratch:
                    peer = wall([sys.executable, "-c", code, str(corpus), f"{scratch}/out.xlsx"])
                for left in ("输出", ".taizhang"):
                    shutil.rmtree(corpus / left, ignore_errors=True)
                pairs.append((peer, wall([program, "run", str(corpus), "--quiet"])))
            ratio = statistics.median(ours / peer for peer, ours in pairs)
            print(f"| {versions} | {statistics.median(p for p, _ in pairs):.2f} | {statistics.median(o for _, o in pairs):.2f} | {ratio:.3f} |")
        except (importlib.metadata.PackageNotFoundError, subprocess.CalledProcessError) as error:
            print(f"| {name} | left out: {error} | | |")


main()
