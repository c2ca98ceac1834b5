"""Scores from items by exact rational arithmetic (fractions), written to item_scores.json.

Each case: a rule and forms of answers (null: not answered). Each score: null where there is none, else a pair of whole
numbers, numerator and denominator in lowest terms.

Run: python3 item_scores.py
"""
import json
import random
from fractions import Fraction
from pathlib import Path


def score(form, low, high, reverse, kind, prorate):
    answered = [(i, Fraction(a)) for i, a in enumerate(form, start=1) if a is not None]
    if not answered:
        return None
    if len(answered) < len(form) and (prorate is None or Fraction(len(answered), len(form)) < Fraction(prorate)):
        return None
    keyed = [Fraction(low) + Fraction(high) - a if i in reverse else a for i, a in answered]
    mean = sum(keyed) / len(keyed)
    return mean if kind == "mean" else mean * len(form)


def main():
    rng = random.Random(20260101)
    cases = []
    for items, low, high, step, prorate in [
        (5, "0", "3", "1", "0.8"),
        (5, "1", "5", "1", None),
        (7, "0", "3", "1", "0.7"),
        (9, "0", "3", "1", "0.75"),
        (10, "0", "10", "0.5", "0.7"),
        (12, "-2", "2", "1", "0.9"),
        (21, "0", "3", "1", "0.85"),
        (30, "1", "7", "1", "0.5"),
    ]:
        for kind in ("sum", "mean"):
            reverse = sorted(rng.sample(range(1, items + 1), items // 3))
            steps = int((Fraction(high) - Fraction(low)) / Fraction(step))
            forms, scores = [], []
            for _ in range(12):
                missing = rng.choice([0, 0, 0.1, 0.2, 0.4])
                form = []
                for _ in range(items):
                    value = Fraction(low) + rng.randint(0, steps) * Fraction(step)
                    text = str(value.numerator) if value.denominator == 1 else str(float(value))
                    form.append(None if rng.random() < missing else text)
                found = score(form, low, high, reverse, kind, prorate)
                forms.append(form)
                scores.append(None if found is None else [found.numerator, found.denominator])
            cases.append(dict(items=items, low=low, high=high, step=step, prorate=prorate, score=kind, reverse=reverse, forms=forms, scores=scores))
    Path(__file__).with_suffix(".json").write_text(json.dumps(cases, indent=None).replace("}, {", "},\n{") + "\n")


main()
