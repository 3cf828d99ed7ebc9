"""held.py: figures held against one another: what is wrong is told and counted."""
# SPDX-License-Identifier: GPL-3.0-or-later
failed, held = 0, 0


def wrong(words):
    global failed
    failed += 1
    if failed < 40:
        print(words)


def equal(found, expected, where):
    global held
    held += 1
    if found != expected:
        wrong(f'{where}: {found}, expected {expected}')
