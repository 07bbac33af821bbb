"""Reads exports back the way pipelines do: pyarrow, Hugging Face `datasets`, and what Molmo's loader does with a row.

Usage: readback.py FOLDER    FOLDER holds expected.json and the exports it names. Prints one line a check and JSON with the counts.
"""
import glob, hashlib, io, json, os, sys, traceback

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from datasets import Image, load_dataset, load_from_disk
from PIL import Image as PIL, ImageOps

from profiles import add_checks

OUT = sys.argv[1]
EXPECTED = json.load(open(os.path.join(OUT, "expected.json"), encoding="utf-8"))
BY_URL = {"sha256:" + image["sha256"]: image for image in EXPECTED["images"]}
counts = {"passed": 0, "failed": 0}


def check(name):
    def run(function):
        try:
            function()
            counts["passed"] += 1
            print("ok     ", name, flush=True)
        except Exception as error:
            counts["failed"] += 1
            print("FAILED ", name, "-", repr(error)[:500], flush=True)
            traceback.print_exc(limit=-3)
    return run


def same(found, wanted):
    assert found == wanted, f"{str(found)[:200]} is not {str(wanted)[:200]}"


def np_round(value):
    return float(np.round(np.float64(value), 1))


def in_molmo_order(points):
    """x first, then y, rounded by numpy; what rounds alike by its full value."""
    return sorted(({"x": float(x), "y": float(y)} for x, y in points), key=lambda p: (np_round(p["x"]), np_round(p["y"]), p["x"], p["y"]))


def points_to_text(points, label):
    """allenai/molmo @793fa387, olmo/data/data_formatter.py, for points in percent."""
    points = np.stack([[p["x"], p["y"]] for p in points]).astype(np.float64)
    points *= 100 / 100
    points = np.round(points, 1)
    points = points[np.argsort(points[:, 0] * 10000 + points[:, 1])]
    if len(points) == 1:
        (x, y), = points
        return f'<point x="{x:0.1f}" y="{y:0.1f}" alt="{label}">{label}</point>'
    text = " ".join(f'x{i}="{x:0.1f}" y{i}="{y:0.1f}"' for i, (x, y) in enumerate(points, 1))
    return f'<points {text} alt="{label}">{label}</points>'


def molmo_answer(label, points, method):
    if len(points) == 0:
        return "There are none."
    text = points_to_text(points, label.lower())
    return text if method == "pointing" else f"Counting the {text} shows a total of {len(points)}."


def molmo_load_image(image):
    """olmo/data/model_preprocessor.py: load_image."""
    return np.array(ImageOps.exif_transpose(image.convert("RGB")))


def captions():
    return sorted((url, text) for url, image in BY_URL.items() for text in image["captions"])


def labels(method=None):
    return sorted(
        (url, s["label"], json.dumps(in_molmo_order(s["points"])), len(s["points"]), s["method"])
        for url, image in BY_URL.items() for s in image["sets"] if method in (None, s["method"])
    )


def questions():
    plain = [(url, q, a) for url, image in BY_URL.items() for thread in image["threads"] for q, a in thread]
    return sorted(plain + [(url, e["question"], "".join(p if isinstance(p, str) else p["phrase"] for p in e["parts"])) for url, e in explained()])


def explained():
    return [(url, e) for url, image in BY_URL.items() for e in image["explained"]]


def explanations():
    """What Molmo reads of each answer that points."""
    rows = []
    for url, e in explained():
        places = [p for p in e["parts"] if not isinstance(p, str)]
        text = "".join(p if isinstance(p, str) else "<|POINT|>" for p in e["parts"])
        groups = [[[p["x"], p["y"]] for p in in_molmo_order(place["points"])] for place in places]
        rows.append((url, e["question"], text, [place["phrase"] for place in places], groups))
    return sorted(rows, key=str)


def molmo_point_qa(parsed, inline, alt, points):
    """data_formatter.py, style point_qa: every placeholder in turn."""
    for one, text, group in zip(alt, inline, points):
        assert "<|POINT|>" in parsed, "fewer placeholders than groups"
        same(one, text)
        parsed = parsed.replace("<|POINT|>", points_to_text([{"x": x, "y": y} for x, y in group], text), 1)
    assert "<|POINT|>" not in parsed, "more placeholders than groups"
    return parsed


def preferences():
    found = []
    for url, image in BY_URL.items():
        for draft in image["rejected"]:
            question, answer = image["threads"][0][0]
            found.append((url, question, [], answer, draft["text"], draft["complaint"], "test-model"))
    return sorted(found, key=str)


def manifest_of(folder):
    return json.load(open(os.path.join(folder, "manifest.json"), encoding="utf-8"))


def image_map(folder):
    with open(os.path.join(folder, "images.jsonl"), encoding="utf-8") as lines:
        return {row["image_url"]: row for row in map(json.loads, lines)}


def check_images(rows, folder):
    """Every image decodes to the upright size, and is the bytes that the map names."""
    known = image_map(folder)
    for row in rows:
        image = BY_URL[row["image_url"]]
        data = row["image"]["bytes"]
        entry = known[row["image_url"]]
        same(hashlib.sha256(data).hexdigest(), entry["image_sha256"])
        if entry["unchanged"]:
            same(entry["image_sha256"], image["sha256"])
        opened = PIL.open(io.BytesIO(data))
        same(opened.getexif().get(0x0112, 1), 1)
        same(molmo_load_image(opened).shape, (image["height"], image["width"], 3))


@check("upright copies show what PIL shows of the file, turned by its EXIF")
def _():
    compared = 0
    folder = next(export["folder"] for export in EXPECTED["exports"] if export["profile"] == "pixmo-parquet")
    copies = {url: entry for url, entry in image_map(folder).items() if not entry["unchanged"]}
    seen = set()
    for file in sorted(glob.glob(f"{folder}/points/*.parquet")):
        for row in pq.read_table(file, columns=["image_url", "image"]).to_pylist():
            url = row["image_url"]
            if url not in copies or url in seen:
                continue
            seen.add(url)
            try:
                source = PIL.open(BY_URL[url]["source"])
                wanted = ImageOps.exif_transpose(source)
            except Exception:
                continue  # HEIC, or AVIF in an older PIL
            if source.mode not in ("RGB", "L", "P", "RGBA"):
                continue  # PIL turns CMYK without a profile and clips deep grey: nothing to compare with
            a, b = (np.asarray(picture.convert("RGBA"), np.int16) for picture in (wanted, PIL.open(io.BytesIO(row["image"]["bytes"]))))
            same(a.shape, b.shape)
            difference = np.abs(a - b)
            assert difference[..., 3].mean() < 3, "transparency"
            # What is behind transparent pixels is nobody's picture.
            mean = difference[a[..., 3] == 255].mean()
            assert mean < 3, f"{BY_URL[url]['file']}: mean difference {mean}"
            compared += 1
    print(f"        {len(copies)} of {len(BY_URL)} images are copies, {compared} of them compared")
    same(seen, set(copies))


FEATURES = {
    "cap": {"image_url": "string", "caption": "string", "transcripts": "[string]", "image_sha256": "string", "image": "image"},
    "points": {"image_url": "string", "image_sha256": "string", "points": "[{x: float64, y: float64}]", "count": "int64", "label": "string",
               "collection_method": "string", "image": "image"},
    "ask-model-anything": {"image_url": "string", "image_sha256": "string", "question": "string", "answer": "string", "image": "image"},
    "point-explanations": {"image_url": "string", "image_sha256": "string", "question": "string", "response": "string", "parsed_response": "string",
                           "alt_text": "[string]", "inline_text": "[string]", "points": "[[[float64]]]", "image": "image"},
    "preference-pairs": {"image_url": "string", "image_sha256": "string", "question": "string", "context": "[string]", "chosen": "string",
                         "rejected": "string", "complaint": "string", "model": "string", "image": "image"},
    "molmo/point-explanations": {"image_url": "string", "image": "string", "question": "[string]", "parsed_response": "[string]",
                                 "alt_text": "[[string]]", "inline_text": "[[string]]", "points": "[[[[float64]]]]"},
    "molmo/cap": {"image_url": "string", "image": "image", "caption": "string", "transcripts": "[string]"},
    "molmo/points": {"image_url": "string", "image": "image", "label": "[string]", "points": "[[{x: float64, y: float64}]]", "count": "[int64]",
                     "collection_method": "[string]"},
}


def describe(feature):
    """A feature of any version of `datasets` as one short text."""
    if isinstance(feature, Image):
        return "image"
    if isinstance(feature, dict):
        return "{" + ", ".join(f"{name}: {describe(inner)}" for name, inner in feature.items()) + "}"
    if isinstance(feature, list):
        return "[" + describe(feature[0]) + "]"
    if hasattr(feature, "feature"):
        inner = describe(feature.feature)
        assert not (type(feature).__name__ == "Sequence" and isinstance(feature.feature, dict)), "a struct of lists"
        return "[" + inner + "]"
    return feature.dtype


def check_features(dataset, wanted):
    same({name: describe(feature) for name, feature in dataset.features.items()}, wanted)


def parquet_values(table, rows):
    if table == "cap":
        same([r["transcripts"] for r in rows], [[r["caption"]] for r in rows])
        same(sorted((r["image_url"], r["caption"]) for r in rows), captions())
    elif table == "points":
        same(sorted((r["image_url"], r["label"], json.dumps(r["points"]), r["count"], r["collection_method"]) for r in rows), labels())
    elif table == "point-explanations":
        same(sorted(((r["image_url"], r["question"], r["parsed_response"], r["inline_text"], r["points"]) for r in rows), key=str), explanations())
        for r in rows:
            same(molmo_point_qa(r["parsed_response"], r["inline_text"], r["alt_text"], r["points"]), r["response"])
    elif table == "preference-pairs":
        same(sorted(((r["image_url"], r["question"], r["context"], r["chosen"], r["rejected"], r["complaint"], r["model"]) for r in rows), key=str), preferences())
    else:
        same(sorted((r["image_url"], r["question"], r["answer"]) for r in rows), questions())


def check_parquet(folder, share):
    manifest = manifest_of(folder)
    for table in ["cap", "points", "ask-model-anything", "point-explanations", "preference-pairs"]:
        name = f"pixmo-parquet {share} {table}"

        @check(f"{name}: load_dataset by the card gives the features, every row and value")
        def _():
            loaded = load_dataset(folder, table)
            rows = []
            same(set(loaded), {split for split, n in manifest["rows"][table].items() if n > 0})
            for split in loaded:
                check_features(loaded[split], FEATURES[table])
                same(len(loaded[split]), manifest["rows"][table][split])
                rows += list(loaded[split].cast_column("image", Image(decode=False)))
            parquet_values(table, rows)
            if share > 0:
                assert len(loaded["validation"]) > 0
                urls = [set(loaded[split]["image_url"]) for split in ["train", "validation"]]
                assert not urls[0] & urls[1], "an image in both splits"
            assert isinstance(loaded["train"][0]["image"], PIL.Image)

        @check(f"{name}: the files alone, without the card, decode images")
        def _():
            loaded = load_dataset("parquet", data_files=sorted(glob.glob(f"{folder}/{table}/train-*.parquet")), split="train")
            check_features(loaded, FEATURES[table])
            same(len(loaded), manifest["rows"][table]["train"])
            molmo_load_image(loaded[len(loaded) - 1]["image"])

        @check(f"{name}: pyarrow reads plain types, and image_sha256 is that of the bytes")
        def _():
            files = sorted(glob.glob(f"{folder}/{table}/*.parquet"))
            rows = [row for file in files for row in pq.read_table(file).to_pylist()]
            check_images(rows, folder)
            for row in rows:
                same(hashlib.sha256(row["image"]["bytes"]).hexdigest(), row["image_sha256"])
            schema = pq.read_schema(files[0])
            same(str(schema.field("image_url").type), "string")
            same(str(schema.field("image").type), "struct<bytes: binary, path: string>")
            same(sum(pq.read_metadata(file).num_rows for file in files), sum(manifest["rows"][table].values()))
            groups = [pq.read_metadata(file).num_row_groups for file in files]
            assert share == 0 or max(groups) > 1, f"one row group only: {groups}"


def check_molmo(folder, share):
    manifest = manifest_of(folder)
    root = os.path.join(folder, "torch_datasets", "pixmo_datasets")

    @check(f"molmo-folders {share} cap: load_from_disk(...)[split] gives every caption with a transcript and an upright image")
    def _():
        rows = []
        for split in ["train", "validation"]:
            data = load_from_disk(f"{root}/cap")[split]
            check_features(data, FEATURES["molmo/cap"])
            same(len(data), manifest["rows"]["cap"][split])
            for i in range(len(data)):
                row = data[i]
                image = BY_URL[row["image_url"]]
                same(molmo_load_image(row["image"]).shape, (image["height"], image["width"], 3))
                assert len(row["transcripts"]) >= 1
            rows += list(data.cast_column("image", Image(decode=False)))
        same(sorted((r["image_url"], r["caption"]) for r in rows), captions())
        check_images(rows, folder)

    for kind in ["pointing", "counting"]:
        @check(f"molmo-folders {share} points-{kind}: rows are one an image and give Molmo's text")
        def _():
            found = []
            seen = set()
            for split in ["train", "validation"]:
                data = load_from_disk(f"{root}/points-{kind}")[split]
                check_features(data, FEATURES["molmo/points"])
                same(len(data), manifest["rows"][f"points-{kind}"][split])
                for i in range(len(data)):
                    row = data[i]
                    assert row["image_url"] not in seen, "two rows of one image"
                    seen.add(row["image_url"])
                    molmo_load_image(row["image"])
                    sets = [(s, text) for s, text in zip(BY_URL[row["image_url"]]["sets"], BY_URL[row["image_url"]]["molmo"]) if s["method"] == kind]
                    for j, (label, points) in enumerate(zip(row["label"], row["points"])):
                        same(molmo_answer(label, points, kind), sets[j][1])
                        found.append((row["image_url"], label, json.dumps(points), row["count"][j], row["collection_method"][j]))
            same(sorted(found), labels(kind))

    @check(f"molmo-folders {share} point-explanations: one row an image, as many groups as placeholders, images beside it")
    def _():
        found = []
        for split in ["train", "validation"]:
            data = load_from_disk(f"{root}/point-explanations")[split]
            check_features(data, FEATURES["molmo/point-explanations"])
            same(len(data), manifest["rows"]["point-explanations"][split])
            for row in data:
                image = BY_URL[row["image_url"]]
                # Molmo opens the path as it is, from the folder where training was started: the export's.
                same(molmo_load_image(PIL.open(os.path.join(folder, row["image"]))).shape, (image["height"], image["width"], 3))
                for question, parsed, alt, inline, points in zip(*(row[key] for key in ["question", "parsed_response", "alt_text", "inline_text", "points"])):
                    molmo_point_qa(parsed, inline, alt, points)
                    found.append((row["image_url"], question, parsed, inline, points))
        same(sorted(found, key=str), explanations())

    @check(f"molmo-folders {share}: the files are Arrow streams with plain types and lists of `item`")
    def _():
        for file in sorted(glob.glob(f"{root}/*/*/*.arrow")):
            with pa.OSFile(file) as source:
                schema = pa.ipc.open_stream(source).schema
            text = schema.to_string(show_schema_metadata=False)
            assert "dictionary" not in text and "element" not in text, text
            for info in [json.load(open(os.path.join(os.path.dirname(file), "dataset_info.json")))]:
                assert '"List"' not in json.dumps(info)
            if "points-" in file:
                same(str(schema.field("points").type), "list<item: list<item: struct<x: double, y: double>>>")

    @check(f"molmo-folders {share}: several files a split")
    def _():
        assert len(glob.glob(f"{root}/cap/train/*.arrow")) > 1


for export in EXPECTED["exports"]:
    folder, share = export["folder"], export["validationShare"]

    @check(f"{export['profile']} {share}: every file is as long and has the hash that the manifest says, and there is no other")
    def _():
        listed = {f["path"]: f for f in manifest_of(folder)["files"]}
        present = {os.path.relpath(os.path.join(d, f), folder) for d, _, files in os.walk(folder) for f in files}
        same(present, set(listed) | {"manifest.json"})
        for path, entry in listed.items():
            if path.split("/")[0] == "images" and export["profile"] != "llava":
                continue  # The same files for each chat; one of them is enough.
            data = open(os.path.join(folder, path), "rb").read()
            same((len(data), hashlib.sha256(data).hexdigest()), (entry["sizeBytes"], entry["sha256"]))

    if export["profile"] == "pixmo-parquet":
        check_parquet(folder, share)
    elif export["profile"] == "molmo-folders":
        check_molmo(folder, share)
    else:
        add_checks(export["profile"], folder, share, EXPECTED["images"], in_molmo_order, check, same, molmo_load_image)

print(json.dumps(counts))
