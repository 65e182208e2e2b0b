#pragma once

typedef struct _object PyObject;

namespace kiln::python {

/// What the module `blf` stands on: sizes and pictures of lines of text, by FreeType.
bool add_font_functions(PyObject* module);

}  // namespace kiln::python
