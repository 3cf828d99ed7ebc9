#!/usr/bin/env python3
"""interrupted.py PROGRAM WORK: an interrupt at any moment leaves a file whole or absent, and nothing beside it."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import random
import shutil
import signal
import subprocess
import sys
import time

program, work = sys.argv[1:3]
TRIES = 12


def run(words, until=None):
    """The exit code, negative for a signal; SIGINT after so many seconds."""
    child = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    if until is not None:
        time.sleep(until)
        child.send_signal(signal.SIGINT)
    return child.wait(timeout=60)


def holds(path):
    """What stands there, whatever its kind."""
    if os.path.isdir(path):
        return {name: open(os.path.join(path, name), 'rb').read() for name in sorted(os.listdir(path))}
    with open(path, 'rb') as file:
        return file.read()


def try_out(words, name):
    """Runs the command to its end once, then interrupts it at moments spread over that time."""
    target, name = os.path.join(work, name), name.rstrip('/')
    command = [*words, '-o', target]
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    began = time.monotonic()
    assert run(command) == 0, command
    took = time.monotonic() - began
    whole = holds(target)
    interrupted = 0
    for i in range(TRIES):
        shutil.rmtree(work)
        os.makedirs(work)
        code = run(command, took * random.uniform(0.0, 1.1))
        assert code in (0, -signal.SIGINT), f'{command} ends with {code}'
        interrupted += code != 0
        left = os.listdir(work)
        assert left in ([], [name]), f'{command}: left {left}'
        assert not left or holds(target) == whole, f'{command}: {name} is not whole'
        assert code != 0 or left, f'{command}: ends with 0 and wrote nothing'
    print(f'{name}: interrupted {interrupted} of {TRIES} times')
    return interrupted


os.environ['SOURCE_DATE_EPOCH'] = '1772064000'
random.seed(1)
caught = try_out(['compare', 'datasets/saltmere', '--json'], 'compare.json')
caught += try_out(['stress', 'datasets/saltmere', '--csv'], 'stress.csv')
caught += try_out(['report', 'datasets/saltmere', '--draws', '0'], 'page.html')
caught += try_out(['report', 'datasets/saltmere', '--draws', '256'], 'pack/')
assert caught > 0, 'no run was interrupted at all'
