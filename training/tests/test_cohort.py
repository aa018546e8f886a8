"""The cohort's arithmetic, against the plain definition."""
import os
import sys
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

    def test_groups_are_those_of_the_labels(self):
        age, gender, ethnicity = np.array(['', '17', '18', '60', '3']), np.array(['', 'f', 'f', 'm', 'm']), np.array(['', 'a', 'a', 'a', 'b'])
        adults, pairs, bands = groups.groups_of(age, gender, ethnicity)
        self.assertEqual(adults.tolist(), [2, 3])
        self.assertEqual({name: rows.tolist() for name, rows in pairs.items()}, {'a, f': [2], 'a, m': [3], 'b, f': [], 'b, m': []})
        self.assertEqual({name: rows.tolist() for name, rows in bands.items() if len(rows)}, {'0 … 9': [4], '10 … 17': [1], '18 … 29': [2], '60 or older': [3]})


if __name__ == '__main__':
    unittest.main()
