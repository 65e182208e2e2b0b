"""gpu.matrix: where things are drawn; matrices that shaders get as `ModelViewProjectionMatrix` and its like."""
import contextlib as _contextlib

from mathutils import Matrix as _Matrix

_MOST = 32
_model_view = [_Matrix.Identity(4)]
_projection = [_Matrix.Identity(4)]


def _push(stack):
    if len(stack) > _MOST:
        raise RuntimeError(f"Maximum stack depth {_MOST} reached")
    stack.append(stack[-1].copy())


def _pop(stack):
    if len(stack) == 1:
        raise RuntimeError("Minimum stack depth reached")
    stack.pop()


def push():
    """Keeps the matrix of the model and the view, to come back to it."""
    _push(_model_view)


def pop():
    """Goes back to it."""
    _pop(_model_view)


def push_projection():
    """Keeps the matrix of the projection."""
    _push(_projection)


def pop_projection():
    """Goes back to it."""
    _pop(_projection)


@_contextlib.contextmanager
def push_pop():
    """Keeps the matrix for the length of a `with` block."""
    push()
    try:
        yield
    finally:
        pop()


@_contextlib.contextmanager
def push_pop_projection():
    """The same for the projection."""
    push_projection()
    try:
        yield
    finally:
        pop_projection()


def _four(matrix):
    matrix = _Matrix(matrix)
    if len(matrix.row) == 3 and len(matrix.col) == 3:
        matrix = matrix.to_4x4()
    if (len(matrix.row), len(matrix.col)) != (4, 4):
        raise ValueError("expected a 4x4 Matrix")
    return matrix


def load_identity():
    """No movement."""
    _model_view[-1] = _Matrix.Identity(4)


def load_matrix(matrix):
    """This one in place of the present one."""
    _model_view[-1] = _four(matrix)


def load_projection_matrix(matrix):
    """This projection."""
    _projection[-1] = _four(matrix)


def multiply_matrix(matrix):
    """This one before the present one."""
    _model_view[-1] = _model_view[-1] @ _four(matrix)


def translate(offset):
    """Moves by two or three numbers."""
    offset = tuple(offset)
    multiply_matrix(_Matrix.Translation((*offset, 0.0) if len(offset) == 2 else offset))


def scale(scale):
    """Scales by two or three numbers."""
    scale = tuple(scale)
    multiply_matrix(_Matrix.Diagonal((*scale, 1.0, 1.0) if len(scale) == 2 else (*scale, 1.0)))


def scale_uniform(scale):
    """Scales by one number."""
    multiply_matrix(_Matrix.Diagonal((scale, scale, scale, 1.0)))


def reset():
    """No matrices, and nothing kept."""
    _model_view[:] = [_Matrix.Identity(4)]
    _projection[:] = [_Matrix.Identity(4)]


def get_model_view_matrix():
    """A copy of the matrix."""
    return _model_view[-1].copy()


def get_projection_matrix():
    """A copy of the projection."""
    return _projection[-1].copy()


def get_normal_matrix():
    """What turns normals."""
    return _model_view[-1].to_3x3().inverted_safe().transposed()
