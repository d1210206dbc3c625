"""A part of what `fieldnote export` does, as a Python script would: what `export.times_python` holds the export against.

Each bundle is opened by `age` and unpacked (python3-zstandard), its signature checked (OpenSSL's, by python3-cryptography), each
line read as JSON, its texts looked through once by the same detectors (peers/detectors.py; FIELDNOTE_TABLE names their rows),
written as JSON again and packed. No schema, no chain, no second reading to count people, no gate, no trajectories, no outlines:
those the export has to do in the same time.

With --decode it is a converter that opens, unpacks, reads and writes, and no more: no signature, no detectors, nothing packed.
That is `export.times_python_decode`: all of its work is done by C. Prints how many lines there were.
"""

import base64
import io
import json
import os
import pathlib
import subprocess
import sys

import zstandard

sys.path.insert(0, str(pathlib.Path(__file__).parent / "peers"))

# Random, or from a closed list: the detectors of the export's parts leave them out too.
OWN = {"kind", "stream", "scope", "document", "cause_document", "app"}
LEAST_SECRET = 8


def opened(identity, bundle):
    packed = subprocess.run(["age", "-d", "-i", identity, bundle], check=True, capture_output=True).stdout
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)).readall()


def written(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n"


def check_signature(text):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    end = text.rindex(b"\n", 0, len(text) - 1) + 1
    key = json.loads(text[: text.index(b"\n")])["participant"]
    signature = base64.b64decode(json.loads(text[end:])["ed25519"])
    Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(signature, text[:end])


def look_through(value, find, key=""):
    if isinstance(value, str):
        if len(value) >= LEAST_SECRET:
            find(value)
    elif isinstance(value, list):
        for part in value:
            look_through(part, find, key)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in OWN:
                look_through(part, find, name)


def decode(identity, out, bundles):
    lines = 0
    with open(out, "w", encoding="utf-8") as rows:
        for bundle in bundles:
            for line in opened(identity, bundle).decode().splitlines():
                rows.write(written(json.loads(line)))
                lines += 1
    return lines


def export(identity, out, bundles):
    from detectors import Detectors

    find = Detectors(os.environ["FIELDNOTE_TABLE"]).find
    lines = 0
    with open(out, "wb") as file, zstandard.ZstdCompressor(level=3).stream_writer(file) as packing:
        for bundle in bundles:
            text = opened(identity, bundle)
            check_signature(text)
            rows = []
            for line in text.decode().splitlines():
                event = json.loads(line)
                look_through(event, find)
                rows.append(written(event))
            packing.write("".join(rows).encode())
            lines += len(rows)
    return lines


arguments = sys.argv[1:]
work = export
if arguments[0] == "--decode":
    work = decode
    del arguments[0]
identity, out, *bundles = arguments
print(work(identity, out, bundles))
