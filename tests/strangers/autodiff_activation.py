"""Students' answers to "autodiff-activation": check("autodiff-activation", answer), answer = a function in PyTorch or JAX.

The names begin with the library. CASES holds those whose library is installed (all, if neither is);
ALL_CASES holds all of them. Domain: as in "tf-activation" (unit 04).
"""

import importlib.util

import numpy as np

try:
    import torch
except ImportError:
    torch = None
try:
    import jax
    import jax.numpy as jnp
except ImportError:
    jax = jnp = None


# ================================================================ JAX, right

def jax_where_guards(x):
    left, right = x <= 0, x > 15
    middle = ~left & ~right
    zero = jnp.zeros_like(x)
    exponential = 1.359140915 * jnp.exp(jnp.where(left, x, zero) - 1)
    logarithm = 0.03 * jnp.log(1_000_000 * jnp.where(middle, x, zero) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * jnp.where(right, x, 20) - 1403.359435)
    return jnp.where(left, exponential, jnp.where(middle, logarithm, tail))


def jax_select(x):
    conditions = [x <= 0, x <= 15]
    e = 1.359140915 * jnp.exp(jnp.where(x > 0, 0, x) - 1)
    in_middle = jnp.logical_and(x > 0, x <= 15)
    ln = 0.5 + 0.03 * jnp.log1p(1e6 * jnp.where(in_middle, x, 1))
    t = 1 - 1 / (109.0858178 * jnp.where(x > 15, x, 0) - 1403.359435)
    return jnp.select(conditions, [e, ln], t)


def jax_half_exp(x):
    safe = lambda mask, other: jnp.where(mask, x, other)  # noqa: E731
    y = jnp.exp(safe(x < 0, -1.0)) / 2
    y = jnp.where(x >= 0, 0.03 * jnp.log(1_000_000 * safe((x >= 0) & (x <= 15), 1.0) + 1) + 0.5, y)
    return jnp.where(x > 15, 1 - 1 / (109.0858178 * safe(x > 15, 100.0) - 1403.359435), y)


def jax_custom_jvp(x):
    """Brings its own slope, as in unit 06."""
    def value(x):
        e = 1.359140915 * jnp.exp(x - 1)
        ln = 0.03 * jnp.log(1_000_000 * x + 1) + 0.5
        t = 1 - 1 / (109.0858178 * x - 1403.359435)
        return jnp.where(x <= 0, e, jnp.where(x <= 15, ln, t))

    f = jax.custom_jvp(value)

    @f.defjvp
    def rule(primals, tangents):
        (x,), (dx,) = primals, tangents
        e = 1.359140915 * jnp.exp(x - 1)
        ln = 30_000 / (1_000_000 * x + 1)
        t = 109.0858178 / (109.0858178 * x - 1403.359435) ** 2
        return f(x), jnp.where(x <= 0, e, jnp.where(x <= 15, ln, t)) * dx

    return f(x)


def jax_piecewise(x):
    """Every branch stands alone here: needs no guards (measured with JAX 0.10)."""
    return jnp.piecewise(
        x,
        [x <= 0, (x > 0) & (x <= 15), x > 15],
        [
            lambda x: 1.359140915 * jnp.exp(x - 1),
            lambda x: 0.03 * jnp.log(1_000_000 * x + 1) + 0.5,
            lambda x: 1 - 1 / (109.0858178 * x - 1403.359435),
        ],
    )


# ================================================================ PyTorch, right

def torch_where_guards(x):
    zero = torch.zeros_like(x)
    exponential = 1.359140915 * torch.exp(torch.where(x <= 0, x, zero) - 1)
    logarithm = 0.03 * torch.log(1_000_000 * torch.where((x > 0) & (x <= 15), x, zero) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * torch.where(x > 15, x, zero + 16) - 1403.359435)
    return torch.where(x <= 0, exponential, torch.where(x <= 15, logarithm, tail))


def torch_clamp(x):
    e = 1.359140915 * (x.clamp(max=0) - 1).exp()
    ln = 0.03 * (1_000_000 * x.clamp(0, 15) + 1).log() + 0.5
    t = 1 - (109.0858178 * x.clamp(min=15) - 1403.359435).reciprocal()
    return torch.where(x <= 0, e, torch.where(x <= 15, ln, t))


def torch_index(x):
    y = torch.empty_like(x)
    left, right = x <= 0, x > 15
    middle = ~(left | right)
    y[left] = 1.359140915 * torch.exp(x[left] - 1)
    y[middle] = 0.03 * torch.log(1_000_000 * x[middle] + 1) + 0.5
    y[right] = 1 - 1 / (109.0858178 * x[right] - 1403.359435)
    return y


def torch_masked_fill(x):
    low = x.masked_fill(x > 0, 0)
    middle = x.masked_fill((x <= 0) | (x > 15), 1)
    high = x.masked_fill(x <= 15, 20)
    y = 1.359140915 * torch.exp(low - 1)
    y = torch.where(x > 0, 0.03 * torch.log1p(1e6 * middle) + 0.5, y)
    return torch.where(x > 15, 1 - 1 / (109.0858178 * high - 1403.359435), y)


def torch_function_class(x):
    class Activation(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            e = 1.359140915 * torch.exp(x - 1)
            ln = 0.03 * torch.log(1_000_000 * x + 1) + 0.5
            t = 1 - 1 / (109.0858178 * x - 1403.359435)
            return torch.where(x <= 0, e, torch.where(x <= 15, ln, t))

        @staticmethod
        def backward(ctx, upstream):
            (x,) = ctx.saved_tensors
            e = 1.359140915 * torch.exp(x - 1)
            ln = 30_000 / (1_000_000 * x + 1)
            t = 109.0858178 / (109.0858178 * x - 1403.359435) ** 2
            return upstream * torch.where(x <= 0, e, torch.where(x <= 15, ln, t))

    return Activation.apply(x)


# ================================================================ JAX, wrong

def jax_naive(x):
    e = 1.359140915 * jnp.exp(x - 1)
    ln = 0.03 * jnp.log(1_000_000 * x + 1) + 0.5
    t = 1 - 1 / (109.0858178 * x - 1403.359435)
    return jnp.where(x <= 0, e, jnp.where(x <= 15, ln, t))


def jax_minimum(x):
    e = 1.359140915 * jnp.exp(jnp.minimum(x, 0) - 1)
    ln = 0.03 * jnp.log(1_000_000 * jnp.clip(x, 0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * jnp.maximum(x, 15) - 1403.359435)
    return jnp.where(x <= 0, e, jnp.where(x <= 15, ln, t))


def jax_deck_guards(x):
    zero = jnp.zeros_like(x)
    e = 1.359140915 * jnp.exp(jnp.where(x > 0, zero, x) - 1)
    ln = 0.03 * jnp.log(1_000_000 * jnp.where(x < 0, zero, x) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * x - 1403.359435)
    return jnp.where(x <= 0, e, jnp.where(x <= 15, ln, t))


def jax_numpy(x):
    e = 1.359140915 * np.exp(np.minimum(x, 0) - 1)
    ln = 0.03 * np.log(1_000_000 * np.clip(x, 0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)
    return np.where(x <= 0, e, np.where(x <= 15, ln, t))


def jax_if(x):
    if x <= 0:
        return 1.359140915 * jnp.exp(x - 1)
    if x <= 15:
        return 0.03 * jnp.log(1_000_000 * x + 1) + 0.5
    return 1 - 1 / (109.0858178 * x - 1403.359435)


def jax_item_assignment(x):
    y = jnp.zeros_like(x)
    y[x <= 0] = 1.359140915 * jnp.exp(x[x <= 0] - 1)
    y[x > 15] = 1 - 1 / (109.0858178 * x[x > 15] - 1403.359435)
    middle = (x > 0) & (x <= 15)
    y[middle] = 0.03 * jnp.log(1_000_000 * x[middle] + 1) + 0.5
    return y


def jax_float32(x):
    x = jnp.asarray(x, dtype=jnp.float32)
    return jax_where_guards(x)


def jax_ten_million(x):
    left, right = x <= 0, x > 15
    middle = ~left & ~right
    e = 1.359140915 * jnp.exp(jnp.where(left, x, 0) - 1)
    ln = 0.03 * jnp.log(10_000_000 * jnp.where(middle, x, 0) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * jnp.where(right, x, 20) - 1403.359435)
    return jnp.where(left, e, jnp.where(middle, ln, t))


def jax_nan_to_num(x):
    return jnp.nan_to_num(jax_naive(x))


def jax_stop_gradient(x):
    left, right = x <= 0, x > 15
    y = jax_where_guards(jax.lax.stop_gradient(x))
    return jnp.where(left | right, y, 0.03 * jnp.log(1_000_000 * jnp.where(left | right, 0, x) + 1) + 0.5)


def jax_tail_guard_zero_times(x):
    left = (x <= 0).astype(x.dtype)
    right = (x > 15).astype(x.dtype)
    middle = 1 - left - right
    e = 1.359140915 * jnp.exp(left * x - 1)
    ln = 0.03 * jnp.log(1_000_000 * middle * x + 1) + 0.5
    t = 1 - 1 / (109.0858178 * right * x - 1403.359435)
    return left * e + middle * ln + right * t


def jax_slope_itself(x):
    """Thinks that the slope is asked for."""
    e = 1.359140915 * jnp.exp(jnp.where(x <= 0, x, 0) - 1)
    ln = 30_000 / (1_000_000 * jnp.where((x > 0) & (x <= 15), x, 0) + 1)
    t = 109.0858178 / (109.0858178 * jnp.where(x > 15, x, 20) - 1403.359435) ** 2
    return jnp.where(x <= 0, e, jnp.where(x <= 15, ln, t))


# ================================================================ PyTorch, wrong

def torch_naive(x):
    e = 1.359140915 * torch.exp(x - 1)
    ln = 0.03 * torch.log(1_000_000 * x + 1) + 0.5
    t = 1 - 1 / (109.0858178 * x - 1403.359435)
    return torch.where(x <= 0, e, torch.where(x <= 15, ln, t))


def torch_minimum(x):
    zero = torch.zeros_like(x)
    e = 1.359140915 * torch.exp(torch.minimum(x, zero) - 1)
    ln = 0.03 * torch.log(1_000_000 * torch.clamp(x, 0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * torch.maximum(x, zero + 15) - 1403.359435)
    return torch.where(x <= 0, e, torch.where(x <= 15, ln, t))


def torch_minimum_number(x):
    e = 1.359140915 * torch.exp(torch.minimum(x, 0) - 1)
    ln = 0.03 * torch.log(1_000_000 * torch.clip(x, 0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * torch.maximum(x, 15) - 1403.359435)
    return torch.where(x <= 0, e, torch.where(x <= 15, ln, t))


def torch_tail_free(x):
    e = 1.359140915 * torch.exp(x.clamp(max=0) - 1)
    ln = 0.03 * torch.log(1_000_000 * x.clamp(min=0, max=15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * x - 1403.359435)
    return torch.where(x <= 0, e, torch.where(x <= 15, ln, t))


def torch_new_tensor(x):
    x = torch.tensor(x.tolist(), dtype=x.dtype, requires_grad=True)
    return torch_clamp(x)


def torch_numpy_inside(x):
    z = x.detach().numpy()
    e = 1.359140915 * np.exp(np.minimum(z, 0) - 1)
    ln = 0.03 * np.log(1_000_000 * np.clip(z, 0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * np.maximum(z, 15) - 1403.359435)
    return torch.from_numpy(np.where(z <= 0, e, np.where(z <= 15, ln, t)))


def torch_if_item(x):
    v = x.item()
    if v <= 0:
        return 1.359140915 * torch.exp(x - 1)
    elif v <= 15:
        return 0.03 * torch.log(1_000_000 * x + 1) + 0.5
    return 1 - 1 / (109.0858178 * x - 1403.359435)


def torch_in_place(x):
    left, right = x <= 0, x > 15
    middle = ~(left | right)
    x[left] = 1.359140915 * torch.exp(x[left] - 1)
    x[middle] = 0.03 * torch.log(1_000_000 * x[middle] + 1) + 0.5
    x[right] = 1 - 1 / (109.0858178 * x[right] - 1403.359435)
    return x


def torch_float(x):
    return torch_clamp(x.float())


def torch_log10(x):
    e = 1.359140915 * torch.exp(x.clamp(max=0) - 1)
    ln = 0.03 * torch.log10(1_000_000 * x.clamp(0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * x.clamp(min=15) - 1403.359435)
    return torch.where(x <= 0, e, torch.where(x <= 15, ln, t))


def torch_times_mask(x):
    left = (x <= 0).to(x.dtype)
    right = (x > 15).to(x.dtype)
    middle = 1 - left - right
    e = 1.359140915 * torch.exp(x * left - 1)
    ln = 0.03 * torch.log(1_000_000 * x * middle + 1) + 0.5
    t = 1 - 1 / (109.0858178 * x * right - 1403.359435)
    return e * left + ln * middle + t * right


def torch_nested_order(x):
    e = 1.359140915 * torch.exp(x.clamp(max=0) - 1)
    ln = 0.03 * torch.log(1_000_000 * x.clamp(0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * x.clamp(min=15) - 1403.359435)
    return torch.where(x <= 15, ln, torch.where(x <= 0, e, t))


def torch_no_return(x):
    e = 1.359140915 * torch.exp(x.clamp(max=0) - 1)
    ln = 0.03 * torch.log(1_000_000 * x.clamp(0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * x.clamp(min=15) - 1403.359435)
    y = torch.where(x <= 0, e, torch.where(x <= 15, ln, t))


def torch_no_grad(x):
    with torch.no_grad():
        return torch_clamp(x)


def torch_half_offset(x):
    e = 1.359140915 * torch.exp(x.clamp(max=0) - 1)
    ln = 0.03 * torch.log(1_000_000 * x.clamp(0, 15) + 1 + 0.5)
    t = 1 - 1 / (109.0858178 * x.clamp(min=15) - 1403.359435)
    return torch.where(x <= 0, e, torch.where(x <= 15, ln, t))


# ================================================================ neither of the two

def copied_from_tensorflow(x):
    import tensorflow as tf

    e = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    ln = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, e, tf.where(x <= 15, ln, t))


ALL_CASES = [
    ("jax: where with guards", jax_where_guards, "right", ""),
    ("jax: select, log1p", jax_select, "right", ""),
    ("jax: half exp, 0 belongs to the logarithm", jax_half_exp, "right", ""),
    ("jax: custom_jvp", jax_custom_jvp, "right", ""),
    ("jax: piecewise", jax_piecewise, "right", ""),
    ("torch: where with guards", torch_where_guards, "right", ""),
    ("torch: clamp", torch_clamp, "right", ""),
    ("torch: index by masks", torch_index, "right", ""),
    ("torch: masked_fill", torch_masked_fill, "right", ""),
    ("torch: autograd.Function", torch_function_class, "right", ""),
    ("jax: naive", jax_naive, "wrong", "no guards: NaN slopes"),
    ("jax: minimum, clip, maximum", jax_minimum, "wrong", "minimum shares the slope at the tie: half of it at 0"),
    ("jax: the deck's guards", jax_deck_guards, "wrong", "tail not guarded: NaN at the pole"),
    ("jax: np for jnp", jax_numpy, "wrong", "NumPy's functions: cannot be traced"),
    ("jax: if", jax_if, "wrong", "if with an array"),
    ("jax: item assignment", jax_item_assignment, "wrong", "JAX arrays cannot be assigned into"),
    ("jax: float32", jax_float32, "wrong", "cast to float32: dtype of float64 lost"),
    ("jax: C = 10 000 000", jax_ten_million, "wrong", "the misprinted constant"),
    ("jax: nan_to_num", jax_nan_to_num, "wrong", "mends the value, not the gradient"),
    ("jax: stop_gradient", jax_stop_gradient, "wrong", "slopes of exponential and tail are 0"),
    ("jax: masks multiplied", jax_tail_guard_zero_times, "wrong", "0 * inf is NaN at ±inf"),
    ("jax: the slope itself", jax_slope_itself, "wrong", "returns the slope, not the activation"),
    ("torch: naive", torch_naive, "wrong", "no guards: NaN slopes"),
    ("torch: minimum with a tensor", torch_minimum, "wrong", "minimum shares the slope at the tie: half of it at 0"),
    ("torch: minimum with a number", torch_minimum_number, "wrong", "torch.minimum wants two tensors: TypeError"),
    ("torch: tail without a guard", torch_tail_free, "wrong", "tail not guarded: NaN at the pole"),
    ("torch: new tensor", torch_new_tensor, "wrong", "makes a new tensor: cut off from autograd"),
    ("torch: NumPy inside", torch_numpy_inside, "wrong", "NumPy inside: no gradient"),
    ("torch: item", torch_if_item, "wrong", "item: only for one number"),
    ("torch: in place", torch_in_place, "wrong", "assigns into x: overwrites the argument, error for a leaf"),
    ("torch: float()", torch_float, "wrong", "float() makes float32 of float64"),
    ("torch: log10", torch_log10, "wrong", "log10 in place of log"),
    ("torch: masks multiplied", torch_times_mask, "wrong", "0 * inf is NaN at ±inf"),
    ("torch: order of the branches", torch_nested_order, "wrong", "x <= 15 asked first: the exponential is never taken"),
    ("torch: no return", torch_no_return, "wrong", "return is forgotten"),
    ("torch: no_grad", torch_no_grad, "wrong", "no_grad: no gradient at all"),
    ("torch: 0.5 in the logarithm", torch_half_offset, "wrong", "parenthesis: 0.5 added inside the logarithm"),
    ("tensorflow: copied", copied_from_tensorflow, "wrong", "the TensorFlow function of unit 04, neither PyTorch nor JAX"),
]


def _installed(name):
    return importlib.util.find_spec(name) is not None


_libraries = [name for name in ("torch", "jax") if _installed(name)] or ["torch", "jax"]
CASES = [case for case in ALL_CASES if case[0].split(":")[0] in [*_libraries, "tensorflow"]]


TRUE_NAMES: dict[str, str] = {}
