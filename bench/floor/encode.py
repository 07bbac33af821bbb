"""Vectors of a folder of photos with onnxruntime and Pillow, one batch after the other. encode.py ENCODER PHOTOS OUT.json"""
import json, os, sys, time
import numpy as np, onnxruntime as ort
from PIL import Image

encoder, photos, out = sys.argv[1:]
manifest = json.load(open(os.path.join(encoder, "model.json")))
side, mean, std = manifest["input_size"], np.float32(manifest["mean"]), np.float32(manifest["std"])
session = ort.InferenceSession(os.path.join(encoder, "vision_model.onnx"), providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name

profiled = []
def pixels(file):
    image = Image.open(file)
    if image.info.get("icc_profile"): profiled.append(os.path.basename(file))
    image = image.convert("RGB")
    scale = side / min(image.size)
    width, height = (max(side, round(px * scale)) for px in image.size)
    left, top = (width - side) // 2, (height - side) // 2
    image = image.resize((width, height), Image.BICUBIC).crop((left, top, left + side, top + side))
    return ((np.asarray(image, dtype=np.float32) / 255 - mean) / std).transpose(2, 0, 1)

files = sorted(os.listdir(photos)); vectors = {}
session.run(["image_embeds"], {name: np.zeros((8, 3, side, side), np.float32)})
begun = time.time()
for at in range(0, len(files), 8):
    batch = np.stack([pixels(os.path.join(photos, file)) for file in files[at:at + 8]])
    for file, vector in zip(files[at:at + 8], session.run(["image_embeds"], {name: batch})[0]):
        vectors[file] = [float(value) for value in vector]
json.dump({"seconds": time.time() - begun, "vectors": vectors, "profiled": profiled}, open(out, "w"))
