/** What a group's message calls the thing that it is about. */
import type { AlertSubject, GroupedFinding } from '../alerts/alert-group.ts';
import { newestFirst } from '../alerts/worst-first.ts';
import { shortDigest } from '../image/digest.ts';
import { imageUri } from '../image/image-reference.ts';

/** A group's image is named best by its tags, then by its digest; only a group without an image is its workload. */
export const subjectOf = (findings: readonly GroupedFinding[]): AlertSubject | undefined => {
  const subjects = findings.toSorted(newestFirst).map(({ subject }) => subject);
  const images = subjects.flatMap((subject) => (subject.kind === 'workload' ? [] : [subject]));
  return images.find(({ tags }) => tags.length > 0) ?? images[0] ?? subjects[0];
};

/** `shop/checkout:1.4`. */
export const subjectName = (subject: AlertSubject): string => {
  if (subject.kind === 'workload') return subject.name;
  const [tag] = subject.tags;
  if (subject.kind === 'unknown-image') {
    const { repository, name } = subject;
    return repository && tag ? `${repository}:${tag}` : (repository ?? name);
  }
  const { repository, digest } = subject.image;
  return tag ? `${repository}:${tag}` : `${repository}@${shortDigest(digest)}`;
};

/** The image's URI, or account, Region and what the source names. */
export const subjectPlace = (subject: AlertSubject): string =>
  subject.kind === 'image' ? imageUri(subject.image) : `${subject.account} ${subject.region} ${subject.name}`;
