#include "python/custom_properties.h"

namespace kiln::python {
bool is_runtime_property_set(const ConstRef&, const Property&) { return false; }
void unset_runtime_property(const MutableRef&, const Property&) {}
PyObject* get_runtime_property(StructObject*, const ConstRef&, const Property&) { Py_RETURN_NONE; }
int set_runtime_property(StructObject*, const ConstRef&, const Property&, PyObject*) { return 0; }
Value::Numbers runtime_numbers(const ConstRef&, const Property&) { return {}; }
}  // namespace kiln::python
