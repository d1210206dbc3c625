"""What `fieldnote export` does first, as a Python script would: each bundle opened by `age`, unpacked, each line read as JSON
and written as JSON again. No signature, no chain, no gate, no trajectories. Prints how many lines there were."""

import io
import json
import subprocess
import sys

import zstandard

identity, out, *bundles = sys.argv[1:]
lines = 0
with open(out, "w", encoding="utf-8") as rows:
    for bundle in bundles:
        packed = subprocess.run(["age", "-d", "-i", identity, bundle], check=True, capture_output=True).stdout
        text = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed))
        for line in io.TextIOWrapper(text, encoding="utf-8"):
            rows.write(json.dumps(json.loads(line), separators=(",", ":"), ensure_ascii=False) + "\n")
            lines += 1
print(lines)
