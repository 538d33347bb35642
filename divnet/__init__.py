"""Everything of the course that computes and shows: the networks, their training, their pictures.

Import the module you need: `divnet.activation`, `divnet.network`, `divnet.data`, `divnet.training`,
`divnet.plots`, `divnet.labs`. Nothing heavy is loaded until it is used.
"""

import os

# TensorFlow greets on stderr, and nbgrader scores a cell 0 when anything reaches stderr. These two together
# keep it silent; they only count before TensorFlow's first import, so they stand here and nowhere else.
# A value that you set yourself stays.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
