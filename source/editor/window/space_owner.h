#pragma once

#include "core/script_panels.h"
#include "document/space.h"
#include "editor/window/editor.h"

namespace kiln::editor {

/// Settings of an editor as its panels show and change them: what `fill_space` and `take_space`
/// copy. Lives no longer than the editor.
class SpaceOwner : public ScriptOwner {
public:
  SpaceOwner(Editor& editor, std::shared_ptr<Space> space)
      : editor_(editor), space_(std::move(space)) {}
  ConstRef find() const override {
    editor_.fill_space(*space_);
    return {&space_->dynamic_schema(), space_.get()};
  }
  Result<void> set(const Property& property, const Value& value) override {
    editor_.fill_space(*space_);
    const Result<void> done = write({&space_->dynamic_schema(), space_.get()}, property, value);
    editor_.take_space(*space_);
    return done;
  }

private:
  Editor& editor_;
  std::shared_ptr<Space> space_;
};

}  // namespace kiln::editor
