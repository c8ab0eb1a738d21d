"""Writes the page: progress to standard error, tables and verdicts to standard output."""

import statistics
import sys
import time


def progress(what):
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def fail(sentence):
    sys.exit(f"benchmark: {sentence}")


def spread(values, digits=1):
    """Median (p10–p90), as text."""
    ordered = sorted(values)
    low, high = (ordered[round(share * (len(ordered) - 1))] for share in (0.1, 0.9))
    return f"{statistics.median(ordered):,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def verdict(value, budget, unit=""):
    if value <= budget:
        return f"≤ {budget}{unit}: met"
    return f"≤ {budget}{unit}: **missed** ({value:,.{0 if value >= 100 else 1}f}{unit})"


def table(head, *rows):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()
