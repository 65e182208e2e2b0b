#pragma once

#include "document/script_nodes.h"

namespace kiln::python {

/// Calls the functions of node classes that scripts registered (`poll`, `init`, `copy`, `free`, `update`). What they raise is printed.
class PythonNodes : public ScriptNodes {
public:
  std::optional<std::string> refuses(const Schema& type, BlockId tree) override;
  void added(const Handle& node) override;
  void copied(const Handle& node, const Handle& source) override;
  void removing(const Handle& node) override;
  void changed(BlockId tree) override;
};

}  // namespace kiln::python
