"""The cohort's arithmetic, against the plain definition."""
import json
import os
import sys
import tempfile
import unittest

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))

import cohort  # noqa: E402
import groups  # noqa: E402


def unit(n, seed):
    x = np.random.default_rng(seed).normal(size=(n, 16)).astype(np.float32)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


class Cohort(unittest.TestCase):
    def test_centroids_are_unit_vectors_near_the_faces(self):
        x = unit(300, 1)
        c = cohort.centroids(x, 20, np.random.default_rng(0))
        self.assertEqual(c.shape, (20, 16))
        np.testing.assert_allclose(np.linalg.norm(c, axis=1), 1, atol=1e-5)
        self.assertGreater((x @ c.T).max(1).mean(), (x @ unit(20, 2).T).max(1).mean())

    def test_int8_rows_are_the_centroids_but_for_rounding(self):
        c = unit(50, 3)
        rows, scale = cohort.to_int8(c)
        self.assertEqual(rows.dtype, np.int8)
        self.assertLessEqual(np.abs(rows * scale - c).max(), scale / 2 + 1e-6)

    def test_a_mean_is_that_of_the_k_largest_cosines(self):
        e, c = unit(30, 4), unit(40, 5)
        expected = np.sort(e @ c.T, 1)[:, -7:].mean(1)
        np.testing.assert_allclose(cohort.means(e, c, 7), expected, atol=1e-6)

    def test_a_normalized_distance_is_the_plain_one_where_both_means_are_the_center(self):
        e = unit(5, 6)
        plain = 2 - 2 * e @ e.T
        np.testing.assert_allclose(cohort.squares(e, np.full(5, 0.4), 0.9, 0.4), plain, atol=1e-6)
        more = cohort.squares(e, np.array([0.5, 0.4, 0.4, 0.4, 0.4]), 0.9, 0.4)
        np.testing.assert_allclose(more[0, 1] - plain[0, 1], 0.18, atol=1e-6)

    def test_no_source_drowns_the_others(self):
        kinds = np.array(['a'] * 500 + ['b'] * 10 + ['utkface/x'] * 100)
        rows = cohort.balance(kinds, np.arange(len(kinds)), np.random.default_rng(0), most=40)
        self.assertEqual([int((kinds[rows] == k).sum()) for k in ('a', 'b', 'utkface/x')], [40, 10, 10])

    def test_every_pair_of_strangers_is_counted_once(self):
        e, m = unit(40, 7), np.linspace(0.2, 0.5, 40)
        d = cohort.squares(e, m, 0.9, 0.3)
        t = float(np.quantile(d[np.triu_indices(40, 1)], 0.1))
        told = cohort.within(e, m, 0.9, 0.3, t, rng=np.random.default_rng(0))
        expected = sum(d[i, j] <= t for i in range(40) for j in range(i))
        self.assertEqual((told['faces'], told['pairs'], told['matches']), (40, 780, expected))
        self.assertAlmostEqual(told['rate'], expected / 780)
        self.assertTrue(told['interval'][0] < told['rate'] < told['interval'][1])
        self.assertIsNone(cohort.within(e, m, 0.9, 0.3, t)['interval'])
        # Of strangers none of whom matches, resampling can tell nothing.
        self.assertEqual(cohort.within(e, m, 0.9, 0.3, -9, rng=np.random.default_rng(0)), {'faces': 40, 'pairs': 780, 'matches': 0, 'rate': 0.0, 'interval': None})

    def test_pairs_that_are_taken_for_one_person_do_not_count(self):
        e = np.concatenate([unit(20, 8), unit(20, 8)])
        told = cohort.within(e, np.zeros(40), 0, 0, 0.1, same_at=0.999)
        self.assertEqual((told['pairs'], told['matches']), (760, 0))

    def test_an_interval_without_a_cohort_is_that_of_groups(self):
        e = unit(60, 9)
        rate, interval, pairs = groups.false_match_rate(e, e, 1.2, np.random.default_rng(0))
        told = cohort.within(e, np.zeros(60), 0, 0, 1.2 ** 2, rng=np.random.default_rng(0))
        self.assertEqual(told['pairs'], pairs)
        np.testing.assert_allclose([told['rate'], *told['interval']], [rate, *interval], rtol=1e-5)

    def test_the_table_tells_faces_pairs_and_matches(self):
        group = lambda matches, interval: {'groups': {'a, f': {'faces': 1200, 'pairs': 5000, 'matches': matches, 'rate': matches / 5000, 'interval': interval}}}
        row = cohort.report(group(20, [0.002, 0.006]), group(0, None)).splitlines()[-1]
        self.assertEqual([cell.strip() for cell in row.strip('|').split('|')], ['a, f', '1,200', '5,000', '1 in 250', '20', '4.0 (2.0 … 6.0)', 'none', '0', '0.0'])

    def test_what_is_not_asked_for_is_as_in_the_manifest(self):
        with tempfile.TemporaryDirectory() as folder:
            def manifest(embedder):
                with open(os.path.join(folder, 'manifest.json'), 'w') as f:
                    json.dump({'id': 'x-160', 'embedder': embedder}, f)
                return cohort.in_manifest(folder)

            self.assertEqual(manifest({'cohort': {'count': 512, 'k': 20, 'weight': 0.75}}), ('x-160', (512, 20, 0.75)))
            self.assertEqual(manifest({}), ('x-160', None))

    def test_groups_are_those_of_the_labels(self):
        age, gender, ethnicity = np.array(['', '17', '18', '60', '3']), np.array(['', 'f', 'f', 'm', 'm']), np.array(['', 'a', 'a', 'a', 'b'])
        adults, pairs, bands = groups.groups_of(age, gender, ethnicity)
        self.assertEqual(adults.tolist(), [2, 3])
        self.assertEqual({name: rows.tolist() for name, rows in pairs.items()}, {'a, f': [2], 'a, m': [3], 'b, f': [], 'b, m': []})
        self.assertEqual({name: rows.tolist() for name, rows in bands.items() if len(rows)}, {'0 … 9': [4], '10 … 17': [1], '18 … 29': [2], '60 or older': [3]})


if __name__ == '__main__':
    unittest.main()
