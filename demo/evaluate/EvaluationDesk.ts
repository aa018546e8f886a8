import type { EngineHost } from '../engine/EngineHost.js';
import type { Photo } from '../photos/AlbumState.js';
import { noticeOf } from '../state/notices.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { FRAME_PARTS } from './computeStatistics.js';
import { evaluatePicture } from './evaluatePicture.js';
import { EMPTY, type EvaluatedPicture, type EvaluationStore } from './EvaluationState.js';
import type { PairStatistics } from './PairStatistics.js';
import { rateToStartAt } from './rates.js';
import { readGroups, type Groups } from './readGroups.js';
import { sortIntoPeople, type PictureSet } from './sortIntoPeople.js';
import { Stopwatch } from './Stopwatch.js';

const TOO_EARLY = 'The folder that you added while pictures were being read or compared was left out. Add it again.';

/** Reads people's pictures one after the other, then has all of them compared. */
export class EvaluationDesk {
  #reading: AbortController | null = null;
  #comparing: AbortController | null = null;

  constructor(
    private readonly page: PageStore,
    private readonly evaluation: EvaluationStore,
    private readonly host: EngineHost,
    private readonly statistics: PairStatistics,
  ) {}

  /** Measures on these files, replacing what was measured before. */
  async take(files: readonly Photo[]): Promise<void> {
    const { phase } = this.evaluation.state;
    if (phase === 'reading' || phase === 'comparing') {
      if (!this.evaluation.state.notes.includes(TOO_EARLY)) this.evaluation.set({ notes: [...this.evaluation.state.notes, TOO_EARLY] });
      return;
    }
    const set = sortIntoPeople(files);
    if (set.people.length === 0) {
      // What is on screen stays.
      this.evaluation.set({ notes: set.notes });
      return;
    }
    this.#comparing?.abort(new Error('Other pictures were chosen.'));
    if (this.page.state.engine.state === 'ready') setNotice(this.page, 'engine', null);
    const total = set.people.reduce((sum, { photos }) => sum + photos.length, 0);
    this.evaluation.set({
      ...EMPTY,
      phase: 'reading',
      setName: set.name,
      notes: set.notes,
      progress: { done: 0, total, secondsLeft: null },
    });
    const groups = await readGroups(files, set);
    this.evaluation.set({ notes: [...this.evaluation.state.notes, ...groups.notes] });
    await this.#read(set, groups, total);
    await this.#compare();
  }

  /** Ends reading, and continues with what was read; or ends comparing, and keeps nothing of it. */
  cancel(): void {
    const { phase } = this.evaluation.state;
    if (phase === 'reading') this.#reading?.abort(new Error('Reading was canceled.'));
    if (phase === 'comparing') this.#comparing?.abort(new Error('Comparing was canceled.'));
  }

  clear(): void {
    this.#comparing?.abort(new Error('The pictures were removed.'));
    this.evaluation.set(EMPTY);
  }

  async #read({ people }: PictureSet, groups: Groups, total: number): Promise<void> {
    const { evaluation, page } = this;
    const { signal } = (this.#reading = new AbortController());
    const pictures: EvaluatedPicture[] = [];
    let why: 'canceled' | 'engine' = 'canceled';
    try {
      const verifier = await this.host.ready(signal);
      evaluation.set({ info: verifier.info });
      const watch = new Stopwatch();
      for (const { identity, photos } of people) {
        for (const photo of photos) {
          const group = groups.of.get(photo.path);
          pictures.push({ ...(await evaluatePicture(photo, identity, verifier, signal)), ...(group === undefined ? {} : { group }) });
          watch.lap();
          evaluation.set({ progress: { done: pictures.length, total, secondsLeft: watch.secondsLeft(total) }, pictureMs: watch.mean });
          page.set({ frameMs: watch.mean });
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        why = 'engine';
        this.host.fail(error);
      }
    } finally {
      this.#reading = null;
    }
    const done = pictures.length;
    evaluation.set({ pictures, progress: null, stopped: done < total ? { done, total, why } : null });
  }

  async #compare(): Promise<void> {
    const { evaluation } = this;
    const { pictures, info, stopped } = evaluation.state;
    if (pictures.length === 0 || !info) {
      const why =
        stopped?.why === 'engine'
          ? 'The face engine stopped before it read the first picture.'
          : 'Stopped before the first picture was read.';
      evaluation.set({ ...EMPTY, notes: [why] });
      return;
    }
    evaluation.set({ phase: 'comparing' });
    const { signal } = (this.#comparing = new AbortController());
    try {
      const { normalized } = info;
      const measured = { thresholds: (normalized ?? info).operatingPoints, cohort: normalized?.cohort.toFile() ?? null };
      await this.statistics.compute(pictures, measured, signal, (part) => {
        if (part.kind === 'report') {
          evaluation.set({
            phase: 'done',
            report: part.report,
            plain: part.plain,
            fusedLeft: FRAME_PARTS,
            fmr: rateToStartAt(part.report),
          });
        } else {
          const { fused, fusedLeft } = evaluation.state;
          evaluation.set({ fused: [...fused, part.fused], fusedLeft: fusedLeft - 1 });
        }
      });
    } catch (error) {
      if (signal.aborted) {
        if (evaluation.state.phase === 'comparing') evaluation.set({ ...EMPTY, notes: ['Stopped before the pictures were compared.'] });
        return;
      }
      setNotice(this.page, 'engine', noticeOf(error));
      if (evaluation.state.report) evaluation.set({ fusedLeft: 0 });
      else evaluation.set(EMPTY);
    }
  }
}
