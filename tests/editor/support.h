#pragma once

#include <deque>

#include <gtest/gtest.h>

#include "document/project.h"
#include "document/register.h"
#include "editor/session/session.h"
#include "evaluation/interface.h"
#include "modeling/modifiers/register.h"
#include "operators/register.h"
#include "render/register.h"

namespace kiln::editor {

/// The start-up scene with a session on it. What the session posts runs in `pump`.
class SessionTest : public testing::Test {
protected:
  SessionTest();
  /// Runs what was posted until nothing is being evaluated.
  void pump();
  BlockId object(const char* name) const {
    return project_.document.named(BlockType::Object, name);
  }
  const Object& get(const char* name) const { return *project_.document.named<Object>(name); }
  std::vector<std::string> undo_labels() const;

  Registry registry_;
  Services services_;
  evaluation::Evaluator evaluator_;
  operators::OperatorRegistry operators_;
  Project project_{registry_, services_};
  std::mutex mutex_;
  std::deque<std::function<void()>> posted_;
  std::unique_ptr<Session> session_;
};

}  // namespace kiln::editor
