"""Checks the drug tables against public lists and derives brand names from FAERS.

    python tools/build_drug_lexicon.py --faers DIR [--bc5cdr DIR] [--phee DIR]

Rewrites, in `src/dechallenge/lexicon/data`:
- the column `source` of the substance tables and of the herbs: `PC` (project compilation) plus every list that has one
  of the names (herbs also by a name inside the name of a product of CAERS, the FDA's reports on foods and supplements);
- `drug_names_faers.csv`: brand names that FAERS pairs with ingredients and that no other table has.
The lists are not part of the project; `SOURCES.md` names them with their licences. The result depends on nothing else.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
from dechallenge.lexicon.drugs import DrugLexicon, cut, load_drugs, tokens_of  # noqa: E402

DATA = ROOT / "src" / "dechallenge" / "lexicon" / "data"
DERIVED = DATA / "drug_names_faers.csv"
# A brand is one or two plain words; anything longer is a description of the product.
BRAND = re.compile(r"[A-Za-z]{4,}(?: [A-Za-z]{4,})?")
# Words that FAERS prints as a product although they are none, or that are ordinary words.
NOT_A_BRAND = DATA / "drug_faers_rejected.csv"


def faers_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Product name and ingredients (joined by a backslash; empty where the extract has none)."""
    names = {}
    for row in _rows(folder / "diana_sample_drug_name.csv"):
        names[row["primaryid"], row["drug_seq"]] = row["drugname"]
        yield row["drugname"], row["prod_ai"]
    substances = defaultdict(list)
    for row in _rows(folder / "diana_sample_drug.csv"):
        substances[row["primaryid"], row["drug_seq"]].append(row["substance"])
    for key, name in names.items():
        yield name, "\\".join(substances[key])
    for row in _rows(folder / "pvlrt_faers22q3raw.csv.gz"):
        yield row["drug"], ""
    for file in sorted(folder.glob("faers_ascii_extracts/*/*/DRUG*")):
        lines = file.read_text(encoding="latin-1").splitlines()
        columns = lines[0].lower().split("$")
        for line in lines[1:]:
            row = dict(zip(columns, line.split("$"), strict=False))
            yield row.get("drugname", ""), row.get("prod_ai", "")


def _rows(file: Path) -> Iterator[dict[str, str]]:
    text = gzip.decompress(file.read_bytes()).decode() if file.suffix == ".gz" else file.read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def bc5cdr_names(folder: Path) -> Iterator[str]:
    """Chemical mentions of the two annotated files."""
    for file in ("train.tsv", "devel.tsv"):
        words: list[str] = []
        for line in [*(folder / file).read_text(encoding="utf-8").splitlines(), ""]:
            word, _, tag = line.partition("\t")
            if tag != "I-Chemical" and words:
                yield " ".join(words)
                words = []
            if tag.endswith("-Chemical"):
                words.append(word)


def phee_names(folder: Path) -> Iterator[str]:
    """Drug mentions of the annotated events."""
    for file in ("train.jsonl", "dev.jsonl"):
        for line in (folder / file).read_text(encoding="utf-8").splitlines():
            for annotation in json.loads(line)["annotations"]:
                for event in annotation["events"]:
                    for group in event.get("Treatment", {}).get("Drug", {}).get("text", []):
                        yield from group


def attested(lexicon: DrugLexicon, names: Iterator[str]) -> set[str]:
    """The canonical names behind a list of names."""
    found: set[str] = set()
    for name in set(names):
        entry = lexicon.lookup(name, any_case=True)
        if entry is not None:
            found.update(entry.ingredients)
    return found


def attested_inside(lexicon: DrugLexicon, products: Iterator[str]) -> set[str]:
    """The canonical names of the herbs named anywhere in the names of products."""
    found: set[str] = set()
    for product in set(products):
        tokens = list(cut(product))
        for start in range(len(tokens)):
            for end in range(start + 1, min(start + 5, len(tokens) + 1)):
                quote = product[tokens[start][1] : tokens[end - 1][2]]
                entry = lexicon.at(tuple(token for token, _, _ in tokens[start:end]), quote)
                if entry is not None and entry.kind in ("herb", "brand"):
                    found.update(entry.ingredients)
    return found


def caers_products(folder: Path) -> Iterator[str]:
    """Names of the suspected products."""
    for row in _rows(folder / "openebgm_caers.csv.gz"):
        yield row["var1"]


def derive_brands(lexicon: DrugLexicon, pairs: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Brands that no table has, each with its ingredients; a name paired with different ingredients is left out."""
    rejected = {row["name"] for row in _rows(NOT_A_BRAND)}
    found = defaultdict(set)
    for name, ingredients in pairs:
        brand = name.strip().rstrip(".")
        if not ingredients or not BRAND.fullmatch(brand) or brand.lower() in rejected:
            continue
        if any(lexicon.lookup(part, any_case=True) for part in (brand, *brand.split())):
            continue
        entries = [lexicon.lookup(part, any_case=True) for part in ingredients.split("\\")]
        if all(entry is not None and len(entry.ingredients) == 1 for entry in entries):
            found[brand.lower()].add("|".join(sorted({e.ingredients[0] for e in entries if e is not None})))
    return [(brand, next(iter(parts))) for brand, parts in sorted(found.items()) if len(parts) == 1]


def write(file: Path, header: list[str], rows: list[list[str]]) -> None:
    """One table, with line feeds."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faers", type=Path, required=True, help="folder with the FAERS and CAERS extracts")
    parser.add_argument("--bc5cdr", type=Path)
    parser.add_argument("--phee", type=Path)
    args = parser.parse_args()

    write(DERIVED, ["name", "ingredients", "source"], [])
    load_drugs.cache_clear()
    lexicon = load_drugs()
    pairs = set(faers_pairs(args.faers))
    lists = {"FAERS": attested(lexicon, (name for pair in pairs for name in pair))}
    if args.bc5cdr:
        lists["BC5CDR"] = attested(lexicon, bc5cdr_names(args.bc5cdr))
    if args.phee:
        lists["PHEE"] = attested(lexicon, phee_names(args.phee))
    for file in sorted(DATA.glob("drugs_*.csv")):
        header, *rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        for row in rows:
            row[-1] = "|".join(["PC", *(key for key, names in lists.items() if row[0] in names)])
        write(file, header, rows)
    lists["CAERS"] = attested_inside(lexicon, caers_products(args.faers))
    header, *rows = list(csv.reader((DATA / "herbs.csv").read_text(encoding="utf-8").splitlines()))
    for row in rows:
        row[-1] = "|".join(["PC", *(key for key, names in lists.items() if row[0] in names)])
    write(DATA / "herbs.csv", header, rows)
    brands = derive_brands(lexicon, pairs)
    known = {tokens_of(name) for name, _ in brands}
    write(DERIVED, ["name", "ingredients", "source"], [[*brand, "FAERS"] for brand in brands])
    print({key: len(names) for key, names in lists.items()}, "brands from FAERS:", len(known))


if __name__ == "__main__":
    main()
