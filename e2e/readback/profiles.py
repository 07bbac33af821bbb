"""Reads the profiles beside PixMo's and Molmo's back the way each consumer's loader does, against plain expectations that no mapper of ours made."""
import csv, glob, io, json, math, os, re, tarfile

import numpy as np
from datasets import Image, load_dataset
from PIL import Image as PIL

NONE = "There are none."


def bare(phrase):
    return phrase.strip()


class Expected:
    """What must be found for each image, by the name of the consumer's parts."""

    def __init__(self, images, in_order):
        self.images = images
        self.in_order = in_order

    def texts(self, image):
        return [text.strip() for text in image["captions"]]

    def points(self, one):
        return [(p["x"], p["y"]) for p in self.in_order(one["points"])]

    def threads(self, image, inline):
        """Conversations of an image: lists of (question, answer), answers with points written by `inline`."""
        plain = [[(q, a) for q, a in thread] for thread in image["threads"]]
        for one in image["explained"]:
            answer = "".join(part if isinstance(part, str) else inline(self.points(part), part["phrase"], image) for part in one["parts"])
            plain.append([(one["question"], answer)])
        return plain

    def exchanges(self, image, grammar):
        """Captions, conversations and labels as lists of (question, answer)."""
        caption = "Describe this image in detail."
        found = [[(caption, text)] for text in self.texts(image)]
        found += self.threads(image, grammar["inline"])
        for one in image["sets"]:
            label, method = one["label"], one["method"]
            asked = (f'Point to every {label} in the image. Say "There are none." if it is not in the image.' if method == "pointing"
                     else f"How many {label} are in the image? Point to each, then give the total.")
            found.append([(asked, grammar["answer"](self.points(one), label, method, image))])
        return found


def then_count(inline):
    def answer(points, label, method, image):
        if not points:
            return NONE
        text = inline(points, label, image)
        return text if method == "pointing" else f"{text}\nThe total is {len(points)}."
    return {"inline": inline, "answer": answer}


def clamp(value, most):
    return min(most, max(0, value))


def smart_resize(width, height, factor=28, least=56 * 56, most=14 * 14 * 4 * 1280):
    """qwen-vl-utils, vision_process.py."""
    h, w = max(factor, round(height / factor) * factor), max(factor, round(width / factor) * factor)
    if h * w > most:
        beta = math.sqrt(height * width / most)
        h, w = max(factor, math.floor(height / beta / factor) * factor), max(factor, math.floor(width / beta / factor) * factor)
    elif h * w < least:
        beta = math.sqrt(least / (height * width))
        h, w = math.ceil(height * beta / factor) * factor, math.ceil(width * beta / factor) * factor
    return w, h


def thousandths(x, y):
    return [int(clamp(round(1000 * (x / 100)), 1000)), int(clamp(round(1000 * (y / 100)), 1000))]


def qwen_json(place):
    return then_count(lambda points, label, image: json.dumps([{"point_2d": place(x, y, image), "label": label} for x, y in points], ensure_ascii=False, separators=(",", ":")))


def qwen25_place(x, y, image):
    w, h = smart_resize(image["width"], image["height"])
    return [int(clamp(round(x * w / 100), w - 1)), int(clamp(round(y * h / 100), h - 1))]


def internvl_points(points):
    return "<point>" + json.dumps([thousandths(x, y) for x, y in points], separators=(",", ":")) + "</point>"


def internvl_answer(points, label, method, image):
    if not points:
        return NONE
    return internvl_points(points) if method == "pointing" else f"{internvl_points(points)}\nThe total is {len(points)}."


def location(value):
    return f"<loc{int(clamp(round(value / 100 * 1023), 1023)):04d}>"


def molmo2_tag(points, label):
    """olmo/preprocessing/point_formatter.py: rounded, then sorted."""
    rounded = sorted((int(clamp(round(1000 * (x / 100)), 1000)), int(clamp(round(1000 * (y / 100)), 1000))) for x, y in points)
    return '<points coords="1 ' + " ".join(f"{i} {x:03d} {y:03d}" for i, (x, y) in enumerate(rounded, 1)) + f'">{label}</points>'


def molmo2_answer(points, label, method, image):
    if not points:
        return NONE
    tag = molmo2_tag(points, label.lower())
    return tag if method == "pointing" else f"Counting the {tag} shows a total of {len(points)}."


def decimal(value):
    """One decimal of the exact value, halves up: what JavaScript's toFixed gives."""
    from decimal import Decimal, ROUND_HALF_UP
    return str(Decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


PLAIN = then_count(lambda points, label, image: f"{label} ({'; '.join(f'{decimal(x)}, {decimal(y)}' for x, y in points)})")
GRAMMARS = {
    "llava": PLAIN, "llama-factory": PLAIN, "axolotl": PLAIN, "trl": PLAIN,
    "qwen2-vl": qwen_json(lambda x, y, image: thousandths(x, y)),
    "qwen3-vl": qwen_json(lambda x, y, image: thousandths(x, y)),
    "qwen25-vl": qwen_json(qwen25_place),
    "internvl": {"inline": lambda points, label, image: f"<ref>{label}</ref>{internvl_points(points)}", "answer": internvl_answer},
    "molmo2": {"inline": lambda points, label, image: molmo2_tag(points, label), "answer": molmo2_answer},
    "paligemma": then_count(lambda points, label, image: " ; ".join(f"{location(y)}{location(x)} {label}" for x, y in points)),
    "ms-swift": {"inline": lambda points, label, image: ("<ref-object>" if label else "") + "<bbox>" * len(points),
                 "answer": lambda points, label, method, image: NONE if not points else "<bbox>" * len(points) + ("" if method == "pointing" else f"\nThe total is {len(points)}.")},
}


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def alternating(conversations):
    """LLaVA's own assertion: human first, then in turn; returns (question, answer) pairs without the image's token."""
    assert [turn["from"] for turn in conversations] == ["human", "gpt"] * (len(conversations) // 2), conversations
    assert conversations[0]["value"].startswith("<image>\n")
    assert sum(turn["value"].count("<image>") for turn in conversations) == 1
    values = [turn["value"] for turn in conversations]
    values[0] = values[0][len("<image>\n"):]
    return list(zip(values[::2], values[1::2]))


def messages_pairs(messages, first="<image>"):
    assert [m["role"] for m in messages] == ["user", "assistant"] * (len(messages) // 2)
    texts = [m["content"] for m in messages]
    assert texts[0].startswith(first)
    texts[0] = texts[0][len(first):]
    return list(zip(texts[::2], texts[1::2]))


def parts_pairs(messages):
    """Content as a list of parts (Axolotl, TRL): the image first, then the text."""
    texts = []
    for at, message in enumerate(messages):
        kinds = [part["type"] for part in message["content"]]
        assert kinds == (["image", "text"] if at == 0 else ["text"]), kinds
        texts.append(message["content"][-1]["text"])
    assert [m["role"] for m in messages] == ["user", "assistant"] * (len(messages) // 2)
    return list(zip(texts[::2], texts[1::2]))


def add_checks(profile, folder, share, images, in_order, check, same, load_image):
    expected = Expected(images, in_order)
    by_file = {}
    for line in read_lines(os.path.join(folder, "images.jsonl")):
        image = next(i for i in images if "sha256:" + i["sha256"] == line["image_url"])
        by_file[line["image_sha256"]] = (image, line["split"])
    splits = ["train"] + (["validation"] if share > 0 else [])
    key = lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True)

    def image_of(path, split=None):
        """The expected image by the name of its file, which is its hash; decoded at its upright size without turning it."""
        name = os.path.basename(path).split(".")[0]
        image, its_split = by_file[name]
        if split is not None:
            same(its_split, split)
        opened = PIL.open(os.path.join(folder, path))
        same(opened.convert("RGB").size, (image["width"], image["height"]))
        return image

    def chats(rows, split, pairs_of, image_path):
        """Every exchange of every image of the split, and nothing else."""
        found, wanted = [], []
        for row in rows:
            image = image_of(image_path(row), split)
            found.append([image["file"], [list(pair) for pair in pairs_of(row)]])
        for image, its_split in by_file.values():
            if its_split == split:
                wanted += [[image["file"], [list(pair) for pair in exchange]] for exchange in expected.exchanges(image, GRAMMARS[profile])]
        same(sorted(map(key, found)), sorted(map(key, wanted)))

    def rows_of(split, kind="jsonl"):
        path = os.path.join(folder, f"{split}.{kind}")
        return read_lines(path) if kind == "jsonl" else json.load(open(path, encoding="utf-8"))

    if profile in ("llava", "qwen2-vl", "qwen25-vl", "qwen3-vl", "internvl"):
        @check(f"{profile} {share}: its loader's assertions hold, every text is there, every image opens upright without being turned")
        def _():
            for split in splits:
                rows = rows_of(split, "json" if profile == "llava" else "jsonl")
                same(len({row["id"] for row in rows}), len(rows))
                chats(rows, split, lambda row: alternating(row["conversations"]), lambda row: row["image"])
                if profile == "internvl":
                    meta = json.load(open(os.path.join(folder, f"meta-{split}.json")))[f"pointillist_{split}"]
                    same((meta["annotation"], meta["length"]), (f"{split}.jsonl", len(rows)))
                    for row in rows:
                        same(PIL.open(os.path.join(folder, row["image"])).size, (row["width"], row["height"]))

    elif profile == "llama-factory":
        @check(f"{profile} {share}: dataset_info names the files, as many <image> as images, roles in turn")
        def _():
            info = json.load(open(os.path.join(folder, "dataset_info.json")))
            same(set(info), {f"pointillist_{split}" for split in splits})
            for split in splits:
                rows = read_lines(os.path.join(folder, info[f"pointillist_{split}"]["file_name"]))
                for row in rows:
                    same(json.dumps(row["messages"]).count("<image>"), len(row["images"]))
                chats(rows, split, lambda row: messages_pairs(row["messages"]), lambda row: row["images"][0])
                loaded = load_dataset("json", data_files=os.path.join(folder, f"{split}.jsonl"), split="train")
                same(len(loaded), len(rows))

    elif profile == "ms-swift":
        @check(f"{profile} {share}: as many numbers as <bbox>, in pixels of the image file, and as many references")
        def _():
            for split in splits:
                rows = rows_of(split)
                chats(rows, split, lambda row: messages_pairs(row["messages"]), lambda row: row["images"][0])
                for row in rows:
                    text = json.dumps(row["messages"])
                    objects = row.get("objects", {"bbox": [], "ref": []})
                    same(text.count("<bbox>"), len(objects["bbox"]))
                    same(text.count("<ref-object>"), len(objects["ref"]))
                    width, height = PIL.open(os.path.join(folder, row["images"][0])).size
                    for x, y in objects["bbox"]:
                        assert 0 <= x <= width and 0 <= y <= height, (x, y)
                image = next(i for i, s in by_file.values() if s == split and any(len(one["points"]) > 1 for one in i["sets"]))
                one = next(one for one in image["sets"] if len(one["points"]) > 1)
                wanted = [[x * image["width"] / 100, y * image["height"] / 100] for x, y in expected.points(one)]
                boxes = [row["objects"]["bbox"] for row in rows if "objects" in row]
                assert any(len(box) == len(wanted) and np.allclose(box, wanted) for box in boxes), "points of a label not found"

    elif profile == "axolotl":
        @check(f"{profile} {share}: content is the image's path, then the text")
        def _():
            for split in splits:
                chats(rows_of(split), split, lambda row: parts_pairs(row["messages"]), lambda row: row["messages"][0]["content"][0]["path"])

    elif profile == "molmo2":
        @check(f"{profile} {share}: points in the tags that its own parser reads")
        def _():
            for split in splits:
                rows = rows_of(split)
                chats(rows, split, lambda row: messages_pairs(row["messages"], ""), lambda row: row["image"])
                for row in rows:
                    for coords in re.findall(r'coords="([^"]*)"', row["messages"][1]["content"]):
                        assert re.fullmatch(r"1( [0-9]+ [0-9]{3,4} [0-9]{3,4})+", coords), coords

    elif profile == "paligemma":
        @check(f"{profile} {share}: a prefix and a suffix for each turn, locations y first")
        def _():
            for split in splits:
                found, wanted = [], []
                for row in rows_of(split):
                    found.append([image_of(row["image"], split)["file"], row["suffix"]])
                for image, its_split in by_file.values():
                    if its_split == split:
                        wanted += [[image["file"], a] for exchange in expected.exchanges(image, GRAMMARS[profile]) for _, a in exchange]
                same(sorted(map(key, found)), sorted(map(key, wanted)))

    elif profile == "trl":
        @check(f"{profile} {share}: load_dataset gives images and messages as its SFT trainer takes them")
        def _():
            loaded = load_dataset(folder, "sft")
            same(set(loaded), set(splits))
            for split in splits:
                rows = list(loaded[split])
                found, wanted = [], []
                for row in rows:
                    same(len(row["images"]), 1)
                    assert isinstance(row["images"][0], PIL.Image)
                    found.append([list(pair) for pair in parts_pairs(row["messages"])])
                for image, its_split in by_file.values():
                    if its_split == split:
                        wanted += [[list(pair) for pair in exchange] for exchange in expected.exchanges(image, GRAMMARS[profile])]
                same(sorted(map(key, found)), sorted(map(key, wanted)))

    elif profile == "preference-pairs":
        @check(f"{profile} {share}: prompt, chosen and rejected for each draft that was not taken")
        def _():
            loaded = load_dataset(folder, "preferences")
            found = [(r["prompt"][-1]["content"][-1]["text"], r["chosen"][0]["content"][0]["text"], r["rejected"][0]["content"][0]["text"], r["complaint"]) for split in loaded for r in loaded[split]]
            wanted = [(*image["threads"][0][0], draft["text"], draft["complaint"]) for image in images for draft in image["rejected"]]
            same(sorted(found), sorted(wanted))

    elif profile in ("hf-parquet", "hf-imagefolder"):
        @check(f"{profile} {share}: load_dataset gives one row an image with all its work")
        def _():
            loaded = load_dataset(folder, "data") if profile == "hf-parquet" else load_dataset("imagefolder", data_dir=folder)
            same(set(loaded), set(splits))
            seen = 0
            for split in splits:
                same({split}, {by_file[h][1] for h in by_file if by_file[h][1] == split})
                for row in loaded[split]:
                    assert isinstance(row["image"], PIL.Image)
                    seen += 1
                    match = [i for i, s in by_file.values() if s == split and expected.texts(i) == list(row["captions"]) and [one["label"] for one in i["sets"]] == (list(row["labels"]) if profile == "hf-parquet" else [l["label"] for l in row["labels"]])]
                    assert len(match) == 1, row["captions"]
                    image = match[0]
                    same(row["image"].convert("RGB").size, (image["width"], image["height"]))
                    same(row["text"], (expected.texts(image) + [""])[0])
                    got = [[(p["x"], p["y"]) for p in points] for points in row["points"]] if profile == "hf-parquet" else [[tuple(p) for p in l["points"]] for l in row["labels"]]
                    same(got, [expected.points(one) for one in image["sets"]])
            same(seen, len(by_file))

    elif profile in ("webdataset", "open-clip-tar"):
        @check(f"{profile} {share}: samples lie side by side under one key, as webdataset groups them")
        def _():
            sizes = json.load(open(os.path.join(folder, "sizes.json")))
            texts, seen = [], set()
            for split in splits:
                for shard in sorted(glob.glob(os.path.join(folder, f"{split}-*.tar"))):
                    keys = []
                    with tarfile.open(shard) as tar:
                        members = [m for m in tar if m.isfile()]
                        for at in range(0, len(members), 3):
                            trio = members[at:at + 3]
                            # webdataset: everything before the first dot of the name is the key.
                            names = {m.name.split(".", 1)[0] for m in trio}
                            same(len(names), 1)
                            same(sorted(m.name.split(".", 1)[1] for m in trio)[-1], "txt")
                            keys.append(names.pop())
                            files = {m.name.split(".", 1)[1]: tar.extractfile(m).read() for m in trio}
                            meta = json.loads(files["json"])
                            image, its_split = by_file[meta["image_sha256"]]
                            same(its_split, split)
                            picture = next(files[e] for e in ("jpg", "png", "webp") if e in files)
                            same(PIL.open(io.BytesIO(picture)).convert("RGB").size, (image["width"], image["height"]))
                            same(meta["captions"], expected.texts(image))
                            same([(l["label"], [tuple(p) for p in l["points"]]) for l in meta["labels"]], [(one["label"], expected.points(one)) for one in image["sets"]])
                            texts.append(files["txt"].decode())
                            seen.add(image["file"])
                    same(len(set(keys)), len(keys))
                    same(sizes[os.path.basename(shard)], len(keys))
            if profile == "open-clip-tar":
                same(sorted(texts), sorted(text for image in images for text in expected.texts(image)))
            else:
                same(len(seen), len(by_file))

    elif profile == "open-clip-csv":
        @check(f"{profile} {share}: pandas reads it as open_clip does")
        def _():
            import pandas
            found = []
            for split in splits:
                table = pandas.read_csv(os.path.join(folder, f"{split}.csv"), sep="\t")
                same(list(table.columns), ["filepath", "title"])
                for path, title in zip(table["filepath"].tolist(), table["title"].tolist()):
                    image_of(path, split)
                    found.append(title)
            wanted = [re.sub(r"[\t\r\n\u2028\u2029]+", " ", text) for image in images for text in expected.texts(image)]
            same(sorted(found), sorted(wanted))

    elif profile in ("coco-captions", "coco-keypoints"):
        @check(f"{profile} {share}: pycocotools, or its rules where it is not there, read it")
        def _():
            try:
                from pycocotools.coco import COCO
            except ImportError:
                COCO = None
                print("        note: no pycocotools here, its index is built by hand")
            total = 0
            for split in splits:
                path = os.path.join(folder, "annotations", f"{profile.split('-')[1]}_{split}.json")
                data = json.load(open(path, encoding="utf-8"))
                same(len({i["id"] for i in data["images"]}), len(data["images"]))
                same(len({a["id"] for a in data["annotations"]}), len(data["annotations"]))
                names = {c["id"]: c["name"] for c in data.get("categories", [])}
                for entry in data["images"]:
                    image = image_of(f"{split}/{entry['file_name']}", split)
                    same((entry["width"], entry["height"]), (image["width"], image["height"]))
                    if COCO:
                        if "coco" not in locals():
                            coco = COCO(path)
                        own = coco.loadAnns(coco.getAnnIds(imgIds=[entry["id"]]))
                    else:
                        own = [a for a in data["annotations"] if a["image_id"] == entry["id"]]
                    total += len(own)
                    if profile == "coco-captions":
                        same([a["caption"] for a in own], expected.texts(image))
                    else:
                        wanted = [(one["label"], x * image["width"] / 100, y * image["height"] / 100) for one in image["sets"] for x, y in expected.points(one)]
                        same(len(own), len(wanted))
                        for a, (label, x, y) in zip(own, wanted):
                            same(names[a["category_id"]], label)
                            assert np.allclose(a["keypoints"], [x, y, 2]), a
                        same(entry.get("not_present", []), [one["label"] for one in image["sets"] if not one["points"]])
                coco = None
                del coco
            assert total > 0

    elif profile == "label-studio":
        @check(f"{profile} {share}: keypoints in percent with the size of the file, labels of the interface")
        def _():
            import xml.etree.ElementTree as xml
            labels = {element.get("value") for element in xml.parse(os.path.join(folder, "label-config.xml")).iter("Label")}
            for split in splits:
                for task in rows_of(split, "json"):
                    image = image_of(task["data"]["image"], split)
                    result = task["annotations"][0]["result"]
                    same([r["value"]["text"][0] for r in result if r["type"] == "textarea"], expected.texts(image))
                    keypoints = [r for r in result if r["type"] == "keypointlabels"]
                    for r in keypoints:
                        same((r["original_width"], r["original_height"]), (image["width"], image["height"]))
                        assert r["value"]["keypointlabels"][0] in labels
                    same([(r["value"]["keypointlabels"][0], r["value"]["x"], r["value"]["y"]) for r in keypoints], [(one["label"], x, y) for one in image["sets"] for x, y in expected.points(one)])
    else:
        raise AssertionError(f"no check for {profile}")
