#!/usr/bin/env python3
"""terminal.py PROGRAM PLUGIN: what differs between a terminal and a pipe: colour, progress, pages.  PLUGIN takes over a second to check."""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import fcntl
import io
import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import threading

program, slow = sys.argv[1:3]
failed = 0
ESCAPE = '\033'
QUIET = {name: value for name, value in os.environ.items()
         if name not in ('NO_COLOR', 'CLICOLOR_FORCE', 'TERM', 'PAGER', 'LESS', 'COLUMNS')}


def expect(truth, words):
    global failed
    if not truth:
        print('not so:', words)
        failed += 1


def reader(descriptor, into):
    try:
        while block := os.read(descriptor, 65536):
            into.append(block)
    except OSError:  # the other end of a terminal has gone
        pass


def run(words, out='pipe', err='pipe', **environment):
    """Standard output and standard error, each a pipe or a terminal of 100 columns."""
    ends, texts, threads = {}, {'out': [], 'err': []}, []
    for name, kind in (('out', out), ('err', err)):
        ends[name] = pty.openpty() if kind == 'terminal' else os.pipe()
        if kind == 'terminal':
            fcntl.ioctl(ends[name][1], termios.TIOCSWINSZ, struct.pack('HHHH', 24, 100, 0, 0))
        threads.append(threading.Thread(target=reader, args=(ends[name][0], texts[name])))
    child = subprocess.Popen([program, *words], stdin=subprocess.DEVNULL, stdout=ends['out'][1], stderr=ends['err'][1],
                             env={**QUIET, 'TERM': 'xterm', **environment})
    for end in ends.values():
        os.close(end[1])
    for thread in threads:
        thread.start()
    code = child.wait(timeout=120)
    for thread in threads:
        thread.join()
    return code, b''.join(texts['out']).decode(), b''.join(texts['err']).decode()


COMPARE = ['compare', 'datasets/saltmere', '-s', 'cyber']

# colour: on a terminal, unless something says no
_, shown, _ = run(COMPARE, out='terminal')
expect(ESCAPE in shown, 'there is colour on a terminal')
expect('\u2500' * 60 in shown and max(map(len, shown.split('\r\n'))) <= 100 + 9, 'tables fit the terminal')
for words, environment in ((COMPARE, {'NO_COLOR': '1'}), (COMPARE, {'TERM': 'dumb'}), ([*COMPARE, '--color=never'], {})):
    _, shown, _ = run(words, out='terminal', **environment)
    expect(ESCAPE not in shown and 'Unfunded' in shown, f'no colour with {environment or words[-1]}')
_, shown, _ = run(COMPARE, out='terminal', NO_COLOR='')
expect(ESCAPE in shown, 'an empty NO_COLOR says nothing')

# a pipe has no escape at all, whatever stands on the other stream
for verb in (COMPARE, ['run', 'datasets/saltmere'], ['stress', 'datasets/saltmere'], ['plugin', 'list']):
    _, shown, told = run(verb, err='terminal')
    expect(ESCAPE not in shown and '\r' not in shown, f'no escape on a pipe: {verb[0]}')
_, _, told = run(['run', 'datasets/no-such-council'])
expect(ESCAPE not in told and 'no-such-council' in told, 'nor in what goes wrong')

# without colour the words are the same: it is never the only signal
plain = run(COMPARE, COLUMNS='100')[1]
coloured = run([*COMPARE, '--color=always'], COLUMNS='100')[1]
for code in ('\033[1m', '\033[0m', '\033[1;31m', '\033[1;33m'):
    coloured = coloured.replace(code, '')
expect(plain.split('Made by')[0] == coloured.split('Made by')[0], 'colour adds nothing but colour')

# progress goes to a terminal's standard error, is wiped away, and leaves standard output alone
CHECK = ['plugin', 'check', '--deadline', '2', '--only', 'loads|finite', slow]
code, shown, told = run([*CHECK, '--json'], err='terminal')
expect(json.loads(shown), 'JSON parses while progress is shown')
expect('\r' in told and told.endswith('\r\033[K'), f'progress is shown and wiped away: {told!r}')

# stress names its part once a second is over
with tempfile.TemporaryDirectory() as place:
    shutil.copy(slow, os.path.join(place, 'plain.so'))
    with open(os.path.join(place, 'pack.csv'), 'w', encoding='utf-8') as file:
        file.write('scenario,plugin,parameter,value\nslow,plain,,\n')
    slowly = ['stress', 'datasets/saltmere', '--pack', f'{place}/pack.csv', '--plugin-path', place, '--deadline', '3']
    _, _, told = run(slowly, err='terminal')
    expect('\rpacks (1 of 1), 2 s\033[K' in told and 'did not answer in time' in told.split('\r\033[K')[-1],
           f'stress says what it is at: {told!r}')
    _, _, told = run(slowly)
    expect('packs (' not in told and 'did not answer in time' in told, f'and not where nobody looks: {told!r}')
code, shown, told = run([*CHECK, '--csv'], err='terminal')
expect(len({len(row) for row in csv.reader(io.StringIO(shown))}) == 1, 'so does CSV')
for environment, err in (({'TERM': 'dumb'}, 'terminal'), ({}, 'pipe')):
    _, _, told = run([*CHECK, '--json'], err=err, **environment)
    expect(ESCAPE not in told and '\r' not in told.replace('\r\n', ''), f'no progress on {err} with {environment}')

# pages only when asked for, and only on a terminal
PAGED = {'PAGER': 'sed s/^/page:/'}
expect('page:' not in run(COMPARE, out='terminal', **PAGED)[1], 'nobody asked for pages')
expect('page:' not in run([*COMPARE, '--pager'], **PAGED)[1], 'a pipe has no pages')
code, shown, _ = run([*COMPARE, '--pager'], out='terminal', **PAGED)
expect(code == 0 and shown.count('page:') > 20, 'pages when asked for')
code, shown, _ = run([*COMPARE, '--pager'], out='terminal', PAGER='no-such-pager')
expect(code == 0 and 'Unfunded gap' in shown, 'without a pager it is shown all the same')
code, shown, _ = run([*COMPARE, '--pager'], out='terminal', PAGER='head -n 1')
expect(code == 0 and 'Saltmere' in shown, 'a pager that is left early is no failure')

sys.exit(1 if failed else 0)
