# sheets.py: what the workbook tests share: arguments, LibreOffice's recalculation, and the parts of an .xlsx file.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import csv
import html
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

COUNCILS = ['saltmere', 'preston-2023', 'north-east-lincolnshire', 'kings-lynn-west-norfolk',
            'north-west-leicestershire', 'gateshead-2023', 'north-norfolk-2011']

# Recalculates everything on loading, whatever the file says.
SETTINGS = '''<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
'''
EVERY_SHEET = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'


def arguments():
    parser = argparse.ArgumentParser()
    for name in ('program', 'make-books', 'plugins', 'datasets', 'work'):
        parser.add_argument('--' + name, required=True, type=Path)
    parsed = parser.parse_args()
    shutil.rmtree(parsed.work, ignore_errors=True)
    parsed.work.mkdir(parents=True)
    return parsed


def need_libreoffice():
    if shutil.which('soffice') is None:
        print('skipped: there is no soffice, so nothing can be recalculated; on Debian it is in libreoffice-calc')
        sys.exit(77)


def run(*command, **more):
    environment = dict(os.environ, SOURCE_DATE_EPOCH='1700000000')
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, env=environment, check=False,
                          stdin=subprocess.DEVNULL, **more)


def convert(command, timeout):
    """What it says; with all that it started it is ended when its time is up, as soffice leaves a process behind."""
    with subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          stdin=subprocess.DEVNULL, start_new_session=True) as started:
        try:
            return started.communicate(timeout=timeout)[0]
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            sys.exit(f'soffice took more than {timeout} s')


def recalculate(work, books):
    """Every sheet of every book as CSV, in one start; {book name: {tab: rows}}."""
    profile = work / 'profile'
    (profile / 'user').mkdir(parents=True, exist_ok=True)
    (profile / 'user' / 'registrymodifications.xcu').write_text(SETTINGS)
    out = work / 'csv'
    begun = time.monotonic()
    said = convert(['soffice', f'-env:UserInstallation={profile.as_uri()}', '--headless', '--convert-to', EVERY_SHEET,
                    '--outdir', out, *books], timeout=60 + 30 * len(books))
    print(f'{len(books)} workbooks recalculated in {time.monotonic() - begun:.1f} s')
    read = {}
    for book in books:
        tabs = {}
        for file in out.glob(f'{book.stem}-*.csv'):
            tab = file.stem[len(book.stem) + 1:]
            if '-' not in tab:
                with open(file, newline='', encoding='utf-8') as rows:
                    tabs[tab] = list(csv.reader(rows))
        if 'Model' not in tabs:
            sys.exit(f'{book.name} was not recalculated: {said[-1000:]}')
        read[book.stem] = tabs
    return read


def pence(text):
    """The pence that a cell of CSV holds, to a hundredth of one."""
    return float(text) * 100


class Book:
    """The parts of an .xlsx file."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.part = {name: archive.read(name).decode() for name in archive.namelist()}
        names = re.findall(r'<sheet name="(\w+)"', self.part['xl/workbook.xml'])
        self.sheet = {name: f'xl/worksheets/sheet{i + 1}.xml' for i, name in enumerate(names)}
        self.shared = [html.unescape(''.join(re.findall(r'<t[^>]*>(.*?)</t>', item, re.S)))
                       for item in re.findall(r'<si>(.*?)</si>', self.part.get('xl/sharedStrings.xml', ''), re.S)]

    def formulas(self):
        for tab, part in self.sheet.items():
            for formula in re.findall(r'<f>(.*?)</f>', self.part[part], re.S):
                yield tab, html.unescape(formula)

    def cells(self, tab):
        """{'D5': value as kept, words or a number}"""
        out = {}
        pattern = r'<c r="([A-Z]+\d+)"(?: s="\d+")?(?: t="(\w+)")?>(?:<f>.*?</f>)?<v>(.*?)</v></c>'
        for name, kind, value in re.findall(pattern, self.part[self.sheet[tab]], re.S):
            out[name] = self.shared[int(value)] if kind == 's' else html.unescape(value) if kind == 'str' else float(value)
        return out

    def set_number(self, tab, cell, text):
        part = self.sheet[tab]
        changed, n = re.subn(rf'(<c r="{cell}"(?: s="\d+")?><v>)[^<]*(</v>)', rf'\g<1>{text}\g<2>', self.part[part])
        assert n == 1, f'{tab}!{cell} is not a number'
        self.part[part] = changed

    def is_open(self, tab, cell):
        """Whether it may be changed: its style is not locked."""
        style = re.search(rf'<c r="{cell}" s="(\d+)"', self.part[self.sheet[tab]])
        formats = re.search(r'<cellXfs.*?</cellXfs>', self.part['xl/styles.xml'], re.S)[0]
        each = re.findall(r'<xf .*?(?:/>|</xf>)', re.sub(r'<(alignment|protection)([^>]*)/>', r'[\1\2]', formats), re.S)
        return style is not None and '[protection locked="0"]' in each[int(style[1])]

    def replace(self, tab, cell, content):
        part = self.sheet[tab]
        changed, n = re.subn(rf'<c r="{cell}"( s="\d+")?(?: t="\w+")?><v>[^<]*</v></c>', rf'<c r="{cell}"\g<1>{content}',
                             self.part[part])
        assert n == 1, f'{tab}!{cell} holds nothing'
        self.part[part] = changed

    def clear(self, tab, cell):
        self.replace(tab, cell, '/>')

    def set_text(self, tab, cell, text):
        self.replace(tab, cell, f' t="inlineStr"><is><t>{html.escape(text)}</t></is></c>')

    def set_words(self, tab, cell, text):
        """Words that stand in some cell already."""
        part, index = self.sheet[tab], self.shared.index(text)
        changed, n = re.subn(rf'(<c r="{cell}"(?: s="\d+")? t="s"><v>)\d+(</v>)', rf'\g<1>{index}\g<2>', self.part[part])
        assert n == 1, f'{tab}!{cell} holds no words'
        self.part[part] = changed

    def save(self, path):
        with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.part.items():
                archive.writestr(name, text)


class Faults:
    """Collects what is wrong, and ends the test."""

    def __init__(self):
        self.found = []
        self.held = 0

    def hold(self, fine, message):
        self.held += 1
        if not fine:
            self.found.append(message)

    def finish(self, what):
        print(f'{self.held} {what} held, {len(self.found)} wrong')
        for message in self.found[:30]:
            print('  ' + message)
        sys.exit(1 if self.found or self.held == 0 else 0)
