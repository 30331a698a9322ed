import { describe, expect, it } from 'vitest';
import { endOfLife } from '../../../shared/dossier/distribution-eol.ts';
import { DISTRIBUTIONS } from '../../../shared/dossier/distributions.ts';

const TODAY = '2026-11-20';

describe('endOfLife', () => {
  it.each([
    [{ ID: 'debian', VERSION_ID: '13' }, 'supported', 'Debian 13'],
    [{ ID: 'debian', VERSION_ID: '12' }, 'supported', 'Debian 12'],
    [{ ID: 'debian', VERSION_ID: '11' }, 'ended', 'Debian 11'],
    [{ ID: 'ubuntu', VERSION_ID: '24.04' }, 'supported', 'Ubuntu 24.04'],
    [{ ID: 'alpine', VERSION_ID: '3.22.1' }, 'supported', 'Alpine Linux 3.22'],
    [{ ID: 'alpine', VERSION_ID: '3.2.3' }, 'ended', 'Alpine Linux 3.2'],
    [{ ID: 'alpine', VERSION_ID: '3.21.5' }, 'ended', 'Alpine Linux 3.21'],
    [{ ID: 'amzn', VERSION_ID: '2023' }, 'supported', 'Amazon Linux 2023'],
    [{ ID: 'amzn', VERSION_ID: '2' }, 'ended', 'Amazon Linux 2'],
    [{ ID: 'amzn', VERSION_ID: '2018.03' }, 'ended', 'Amazon Linux 2018.03'],
    [{ ID: 'centos', VERSION_ID: '7', NAME: 'CentOS Linux' }, 'ended', 'CentOS Linux 7'],
    [{ ID: 'centos', VERSION_ID: '9', NAME: 'CentOS Stream' }, 'supported', 'CentOS Stream 9'],
    [{ ID: 'rhel', VERSION_ID: '8.10' }, 'supported', 'Red Hat Enterprise Linux 8'],
    [{ ID: 'rocky', VERSION_ID: '9.4' }, 'supported', 'Rocky Linux 9'],
    [{ ID: 'almalinux', VERSION_ID: '10.0' }, 'supported', 'AlmaLinux 10'],
    [{ ID: 'ol', VERSION_ID: '8.10' }, 'supported', 'Oracle Linux 8'],
    [{ ID: 'fedora', VERSION_ID: '42' }, 'ended', 'Fedora Linux 42'],
    [{ ID: 'opensuse-leap', VERSION_ID: '15.6' }, 'ended', 'openSUSE Leap 15.6'],
    [{ ID: 'sles', VERSION_ID: '15.7' }, 'supported', 'SUSE Linux Enterprise Server 15.7'],
    [{ ID: 'sles', VERSION_ID: '15' }, 'ended', 'SUSE Linux Enterprise Server 15.0'],
    [{ ID: 'photon', VERSION_ID: '5.0' }, 'supported', 'Photon OS 5.0'],
    [{ ID: 'mariner', VERSION_ID: '2.0.20240112' }, 'ended', 'CBL-Mariner 2.0'],
    [{ ID: 'azurelinux', VERSION_ID: '3.0' }, 'supported', 'Azure Linux 3.0'],
    [{ ID: 'wolfi', VERSION_ID: '20230201' }, 'rolling', 'Wolfi'],
    [{ ID: 'opensuse-tumbleweed' }, 'rolling', 'openSUSE Tumbleweed'],
  ])('says of %o that it is %s', (fields, state, name) => {
    expect(endOfLife(fields, TODAY)).toMatchObject({ known: true, value: { state, name } });
  });

  it.each([
    ['a release that is not listed', { ID: 'debian', VERSION_ID: '99' }],
    ['a release that only begins like a listed one', { ID: 'debian', VERSION_ID: '120' }],
    ['a release under development', { ID: 'alpine', VERSION_ID: '3.24.0_alpha20260601' }],
    ['a distribution that is not listed', { ID: 'slackware', VERSION_ID: '15.0' }],
    ['no version', { ID: 'debian' }],
    ['no distribution', { VERSION_ID: '12' }],
    ['nothing', {}],
  ])('does not know %s', (_, fields) => {
    expect(endOfLife(fields, TODAY).known).toBe(false);
  });

  it('counts the last day in', () => {
    const fields = { ID: 'debian', VERSION_ID: '11' };
    expect(endOfLife(fields, '2026-08-31')).toMatchObject({ value: { state: 'supported', end: '2026-08-31' } });
    expect(endOfLife(fields, '2026-09-01')).toMatchObject({ value: { state: 'ended', end: '2026-08-31' } });
  });

  it('says what can still be bought, while it can', () => {
    const fields = { ID: 'ubuntu', VERSION_ID: '20.04' };
    expect(endOfLife(fields, TODAY)).toMatchObject({ value: { paid: { offer: 'Ubuntu Pro', until: '2030-04-02' } } });
    expect(endOfLife(fields, '2031-01-01')).not.toHaveProperty('value.paid');
  });
});

describe('the table of distributions', () => {
  const rows = DISTRIBUTIONS.flatMap(({ id, name, releases }) =>
    releases.map(([version, end, paidEnd]) => ({ id, name, version, end, paidEnd })),
  );

  it('lists no release twice', () => {
    const keys = rows.map(({ id, name, version }) => `${id} ${name} ${version}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has days, and paid support that ends later', () => {
    for (const { end, paidEnd } of rows) {
      if (end !== undefined) expect(new Date(end).toISOString().slice(0, 10)).toBe(end);
      if (paidEnd !== undefined) expect(paidEnd > (end ?? '')).toBe(true);
    }
  });

  it('has a source for every distribution', () => {
    for (const { source } of DISTRIBUTIONS) expect(source).toMatch(/^https:\/\//);
  });
});
