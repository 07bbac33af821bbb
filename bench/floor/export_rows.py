"""What Python takes to write the same rows: json.dumps with and without copying and hashing the images, datasets' parquet, tarfile. Prints one JSON line of rows a second. Usage: export_rows.py ROWS.jsonl OUT"""
import hashlib, io, json, os, sys, tarfile, time

rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
out = sys.argv[2]
result = {}

source = os.path.join(out, "source")
os.makedirs(source)
for row in rows:
    with open(os.path.join(source, row["key"]), "wb") as file:
        file.write(bytes.fromhex(row["image"]))
images = os.path.join(out, "images")
os.makedirs(images)

begun = time.perf_counter()
with open(os.path.join(out, "copied.json"), "w", encoding="utf-8") as file:
    file.write("[\n")
    for at, row in enumerate(rows):
        with open(os.path.join(source, row["key"]), "rb") as image:
            data = image.read()
        name = hashlib.sha256(data).hexdigest() + ".png"
        with open(os.path.join(images, name), "wb") as image:
            image.write(data)
        file.write((",\n" if at else "") + json.dumps({**row["llava"], "image": "images/" + name}, ensure_ascii=False))
    file.write("\n]\n")
    file.flush()
    os.fsync(file.fileno())
os.sync()
result["llava"] = len(rows) / (time.perf_counter() - begun)

begun = time.perf_counter()
with open(os.path.join(out, "llava.json"), "w", encoding="utf-8") as file:
    file.write("[\n")
    for at, row in enumerate(rows):
        file.write((",\n" if at else "") + json.dumps(row["llava"], ensure_ascii=False))
    file.write("\n]\n")
    file.flush()
    os.fsync(file.fileno())
result["llava-reference"] = len(rows) / (time.perf_counter() - begun)

begun = time.perf_counter()
with tarfile.open(os.path.join(out, "samples.tar"), "w") as tar:
    for row in rows:
        for name, data in ((".png", bytes.fromhex(row["image"])), (".json", json.dumps(row["llava"]).encode()), (".txt", row["caption"].encode())):
            info = tarfile.TarInfo(row["key"] + name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
result["webdataset"] = len(rows) / (time.perf_counter() - begun)

try:
    from datasets import Dataset, Features, Image, List, Value
    begun = time.perf_counter()
    features = Features({"image": Image(), "caption": Value("string"), "points": List({"x": Value("float64"), "y": Value("float64")}), "label": Value("string")})
    def generate():
        for row in rows:
            yield {"image": {"bytes": bytes.fromhex(row["image"]), "path": None}, "caption": row["caption"], "points": row["points"], "label": "thing"}
    Dataset.from_generator(generate, features=features, cache_dir=os.path.join(out, "cache")).to_parquet(os.path.join(out, "rows.parquet"))
    result["pixmo-parquet"] = len(rows) / (time.perf_counter() - begun)
except ImportError:
    pass
print(json.dumps(result))
