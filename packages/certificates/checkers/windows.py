"""Windows of images, for convolutions and pooling."""
import numpy as np

from rules import must

zero = 0  # the number of the value 0, of which the padding is


def windows_of(place, size, stride, padding=0):
    """The values in every position of a window: [channel][position down][across][row of the window][column]."""
    channels, height, width = place.shape
    fits = padding < size <= min(height, width) + 2 * padding
    must(fits, f"windows of size {size} do not fit an image of {height} x {width}")
    padded = np.pad(place, ((0, 0), (padding, padding), (padding, padding)), constant_values=zero)
    return np.lib.stride_tricks.sliding_window_view(padded, (size, size), (1, 2))[:, ::stride, ::stride]
