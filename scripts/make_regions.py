"""Make the facts file of all administrative areas from an unpacked copy of the npm package ``idn-area-data``.

    npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
    python scripts/make_regions.py package/data

The same input gives the same bytes. The data is under the Open Database License, see the notice beside the file.
"""

import argparse
import csv
import gzip
import io
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bermitra.foundation.regions.register import read_register  # noqa: E402

TARGET = ROOT / "bermitra" / "foundation" / "regions" / "data" / "regions.csv.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the package's data folder with its four CSV files")
    parser.add_argument("--to", type=Path, default=TARGET)
    asked = parser.parse_args()
    register = read_register(asked.folder)
    if register.refused:
        sys.exit("\n".join(f"{each.file}:{each.row}: {each.reason}" for each in register.refused))
    asked.to.write_bytes(packed(register.areas))
    print(f"{asked.to}: {len(register.areas)} areas, {asked.to.stat().st_size} bytes")


def packed(areas: dict[str, tuple[str, str]]) -> bytes:
    """The areas as CSV in gzip, sorted by code, without a time stamp."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("code", "name", "kind"))
    lines.writerows((code, *areas[code]) for code in sorted(areas))
    return gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)


if __name__ == "__main__":
    main()
