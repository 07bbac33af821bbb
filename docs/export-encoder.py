"""Exports an image-text model of open_clip (OpenVision, CLIP, CLIPA) to a folder that the encoder library installs.

    pip install torch open_clip_torch onnx onnxruntime transformers
    python export-encoder.py hf-hub:UCSC-VLAA/openvision-vit-tiny-patch16-160 openvision-tiny --licence Apache-2.0
    python export-encoder.py ViT-B-16-quickgelu clip-b16 --pretrained openai --licence MIT

What it writes: vision_model.onnx (pixel_values -> image_embeds, patch_tokens), text_model.onnx (input_ids -> text_embeds), tokenizer.json and
model.json with the sha256 of each. The patch tokens lie in the space of the texts:

  projection  A model that averages its patches (OpenVision) is linear after the last norm, so each patch is projected as the average would be.
  clearclip   CLIP looks through its class token, which leaves its patches unaligned. The last block is replaced by attention of queries to queries,
              without residual and without MLP (ClearCLIP, arXiv 2407.12442).
  naclip      The same with keys to keys and a Gaussian of the distance between patches added before the softmax (NACLIP, arXiv 2404.08181).

Every graph is run by ONNX Runtime and compared with torch before the folder is accepted; another batch size is tried too.
"""

import argparse
import hashlib
import json
import pathlib
import sys

import torch
from torch import nn


def split_heads(attention: nn.MultiheadAttention, tokens: torch.Tensor) -> list[torch.Tensor]:
    """Queries, keys and values of [batch, tokens, width], each [batch, heads, tokens, width / heads]."""
    batch, length = tokens.shape[:2]
    projected = nn.functional.linear(tokens, attention.in_proj_weight, attention.in_proj_bias)
    return [part.reshape(batch, length, attention.num_heads, attention.head_dim).transpose(1, 2) for part in projected.chunk(3, dim=-1)]


def attend(attention: nn.MultiheadAttention, left, right, values, bias=None):
    """softmax(left rightT / sqrt(d) + bias) values, heads joined and projected out."""
    scores = left @ right.transpose(-2, -1) * attention.head_dim**-0.5
    mixed = (scores if bias is None else scores + bias).softmax(dim=-1) @ values
    return attention.out_proj(mixed.transpose(1, 2).flatten(2))


def plain_attention(block, q_x, k_x=None, v_x=None, attn_mask=None):
    """Takes the place of a block's own attention, whose traced form would hold the batch size fixed."""
    queries, keys, values = split_heads(block.attn, q_x)
    return attend(block.attn, queries, keys, values, attn_mask)


def neighbourhood(side: int, deviation: float) -> torch.Tensor:
    """[patches, patches]: a Gaussian of the distance between two patches of a square grid, in patches."""
    rows, columns = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    places = torch.stack([rows.flatten(), columns.flatten()], dim=1).float()
    return torch.exp(-torch.cdist(places, places).square() / (2 * deviation**2))


class ImageTower(nn.Module):
    """pixel_values -> (image_embeds, patch_tokens), neither of length 1."""

    def __init__(self, tower: nn.Module, method: str):
        super().__init__()
        self.tower = tower
        self.method = method
        side = tower.grid_size[0]
        self.register_buffer("near", neighbourhood(side, 5.0))

    def forward(self, pixel_values):
        tower = self.tower
        # The pooled vector is the model's own, untouched.
        pooled = tower(pixel_values)
        patches = tower.conv1(pixel_values).flatten(2).transpose(1, 2)
        first = tower.class_embedding.to(patches.dtype).expand(patches.shape[0], 1, -1)
        tokens = tower.ln_pre(torch.cat([first, patches], dim=1) + tower.positional_embedding)
        blocks = list(tower.transformer.resblocks)
        for block in blocks[:-1]:
            tokens = block(tokens)
        last = blocks[-1]
        if self.method == "projection":
            dense = last(tokens)
        else:
            queries, keys, values = split_heads(last.attn, last.ln_1(tokens))
            if self.method == "clearclip":
                dense = attend(last.attn, queries, queries, values)
            else:
                # The class token is no neighbour of anybody.
                bias = nn.functional.pad(self.near, (1, 0, 1, 0))
                dense = attend(last.attn, keys, keys, values, bias)
        return pooled, tower.ln_post(dense[:, 1:]) @ tower.proj


class TextTower(nn.Module):
    """input_ids [n, context] -> text_embeds."""

    def __init__(self, model: nn.Module):
        super().__init__()
        self.model = model

    def forward(self, input_ids):
        return self.model.encode_text(input_ids)


def export(module, example, path, inputs, outputs):
    torch.onnx.export(
        module, (example,), str(path), input_names=inputs, output_names=outputs, opset_version=17, dynamo=False,
        dynamic_axes={name: {0: "n"} for name in [*inputs, *outputs]},
    )  # fmt: skip


def compare(module, path, example):
    """Ends the program where ONNX Runtime and torch differ: cosine below 0.9999 for any vector."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for batch in (example, example[:1]):
        with torch.no_grad():
            wanted = module(batch)
        wanted = wanted if isinstance(wanted, tuple) else (wanted,)
        given = session.run(None, {session.get_inputs()[0].name: batch.numpy()})
        for output, want, got in zip(session.get_outputs(), wanted, given):
            cosine = nn.functional.cosine_similarity(want, torch.from_numpy(got), dim=-1).min().item()
            print(f"{path.name} {output.name} {list(got.shape)}: cosine to torch at least {cosine:.6f}")
            if not cosine >= 0.9999:
                sys.exit("the exported graph is not the model; nothing to install")


def write_clip_tokenizer(tokenizer, path):
    """CLIP's byte pairs as a tokenizer.json, compared with open_clip's own ids."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    start, end = (tokenizer.decoder[token] for token in (tokenizer.sot_token_id, tokenizer.eot_token_id))
    pairs = models.BPE(dict(tokenizer.encoder), [tuple(pair) for pair in tokenizer.bpe_ranks], unk_token=end, end_of_word_suffix="</w>")
    made = Tokenizer(pairs)
    made.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    words = Regex(r"'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+")
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(words, "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    special = [(start, tokenizer.sot_token_id), (end, tokenizer.eot_token_id)]
    made.post_processor = processors.TemplateProcessing(single=f"{start} $A {end}", special_tokens=special)
    made.add_special_tokens([start, end])
    for text in ("two brown dogs", "A sign that says: it's 3 o'clock!"):
        ids = tokenizer([text])[0].tolist()
        if made.encode(text).ids != ids[: ids.index(tokenizer.eot_token_id) + 1]:
            sys.exit(f"the tokenizer gives other ids for {text!r}; nothing to install")
    made.save(str(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="a name of open_clip, or hf-hub:owner/name")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--licence", required=True, help="of the weights, as their card says it")
    parser.add_argument("--pretrained", help="weights of open_clip, or a checkpoint's path; not for hf-hub:")
    parser.add_argument("--patches", choices=["auto", "projection", "clearclip", "naclip"], default="auto")
    parser.add_argument("--id", help="lower-case name; the folder's where absent")
    args = parser.parse_args()

    import open_clip

    model = open_clip.create_model(args.model, pretrained=args.pretrained).float().eval()
    tower = model.visual
    if type(tower).__name__ != "VisionTransformer" or getattr(tower, "attn_pool", None) is not None:
        sys.exit("only plain vision transformers can be exported: CLIP, OpenVision, CLIPA")
    averaged = tower.pool_type == "avg"
    method = ("projection" if averaged else "clearclip") if args.patches == "auto" else args.patches
    prepared = open_clip.get_model_preprocess_cfg(model)
    size, patch = tower.image_size[0], tower.patch_size[0]
    tokenizer = open_clip.get_tokenizer(args.model)
    args.folder.mkdir(parents=True, exist_ok=True)

    images, ids = torch.randn(2, 3, size, size), tokenizer(["a photo of a cat", "three coins"])
    with torch.no_grad():
        untouched = model.encode_image(images), model.encode_text(ids)
        open_clip.transformer.ResidualAttentionBlock.attention = plain_attention
        changed = model.encode_image(images), model.encode_text(ids)
    if any(not torch.allclose(before, after, atol=1e-3) for before, after in zip(untouched, changed)):
        sys.exit("this version of open_clip computes attention in another way; nothing to install")
    vision, vision_path = ImageTower(tower, method).eval(), args.folder / "vision_model.onnx"
    export(vision, images, vision_path, ["pixel_values"], ["image_embeds", "patch_tokens"])
    compare(vision, vision_path, images)
    text, text_path = TextTower(model).eval(), args.folder / "text_model.onnx"
    export(text, ids, text_path, ["input_ids"], ["text_embeds"])
    compare(text, text_path, ids)
    tokenizer_path = args.folder / "tokenizer.json"
    hugging_face = getattr(tokenizer, "tokenizer", None)
    if hugging_face is None:
        write_clip_tokenizer(tokenizer, tokenizer_path)
    else:
        hugging_face.backend_tokenizer.save(str(tokenizer_path))

    scale, bias = model.logit_scale.exp().item(), getattr(model, "logit_bias", None)
    files = [vision_path, text_path, tokenizer_path]
    manifest = {
        "id": args.id or args.folder.resolve().name.lower(),
        "kind": "clip",
        "licence": args.licence,
        "source": args.model if args.pretrained is None else f"{args.model}, {args.pretrained}",
        "input_size": size,
        "patch_size": patch,
        "dynamic_size": False,
        "mean": list(prepared["mean"]),
        "std": list(prepared["std"]),
        # A crop would lose what lies at the edges; squashed, the grid of patches is linear in percent.
        "resize": "squash",
        "interpolation": prepared["interpolation"],
        "embed_dim": tower.proj.shape[1],
        "normalised": False,
        "dense_method": method,
        "outputs": {"image": "image_embeds", "patches": "patch_tokens", "text": "text_embeds"},
        "tokenizer": tokenizer_path.name,
        "context_length": int(ids.shape[1]),
        "pad_to_context": True,
        "pad_id": 0,
        "strip_sep": bool(getattr(tokenizer, "strip_sep_token", False)),
        "logit_scale": scale,
        "logit_bias": None if bias is None else bias.item(),
        "prompt_template": "a photo of a {}",
        "files": {f.name: {"bytes": f.stat().st_size, "sha256": hashlib.sha256(f.read_bytes()).hexdigest()} for f in files},
    }
    (args.folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{args.folder}: ready to be dropped onto the encoder library")


if __name__ == "__main__":
    main()
