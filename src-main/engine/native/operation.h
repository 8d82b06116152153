// An operation of TensorFlow's, by its C API: inputs, outputs, attributes and errors.
#pragma once
#define IS_SLIM_BUILD 1
#include <cstdlib>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"
#include "memory.h"

namespace vgg {

/** A status that is deleted at the end of its block. */
class Status {
 public:
  ~Status() { TF_DeleteStatus(status_); }
  operator TF_Status*() const { return status_; }
  bool isOk() const { return TF_GetCode(status_) == TF_OK; }
  /** @throws std::runtime_error for any but the one without an error */
  void require() const {
    if (!isOk()) throw std::runtime_error(TF_Message(status_));
  }

 private:
  TF_Status* status_ = TF_NewStatus();
};

/** An input of the operation under way. */
class Input {
 public:
  Input(TF_OpKernelContext* context, int index) {
    Status status;
    TF_GetInput(context, index, &tensor_, status);
    status.require();
  }
  ~Input() { TF_DeleteTensor(tensor_); }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  int rank() const { return TF_NumDims(tensor_); }
  int extent(int axis) const { return int(TF_Dim(tensor_, axis)); }
  size_t count() const { return size_t(TF_TensorElementCount(tensor_)); }
  template <class Value>
  Value* data() const {
    return static_cast<Value*>(TF_TensorData(tensor_));
  }
  bool hasShape(std::initializer_list<int> shape) const {
    if (rank() != int(shape.size())) return false;
    int axis = 0;
    for (const int wanted : shape)
      if (extent(axis++) != wanted) return false;
    return true;
  }
  std::vector<int64_t> shape() const {
    std::vector<int64_t> extents(rank());
    for (int axis = 0; axis < rank(); axis++) extents[axis] = extent(axis);
    return extents;
  }

 private:
  TF_Tensor* tensor_ = nullptr;
};

inline void require(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(what);
}

/** Memory of an output of the operation under way. */
template <class Value>
Value* output(TF_OpKernelContext* context, int index, TF_DataType type, const std::vector<int64_t>& shape) {
  size_t bytes = sizeof(Value);
  for (const int64_t extent : shape) bytes *= size_t(extent);
  Status status;
  TF_Tensor* const tensor = TF_AllocateOutput(context, index, type, shape.data(), int(shape.size()), bytes, status);
  status.require();
  Value* const data = static_cast<Value*>(TF_TensorData(tensor));
  TF_DeleteTensor(tensor);
  return data;
}

/** Makes a tensor the output of the operation under way. */
inline void setOutput(TF_OpKernelContext* context, TF_Tensor* tensor) {
  require(tensor != nullptr, "The memory is that of a tensor.");
  Status status;
  TF_SetOutput(context, 0, tensor, status);
  TF_DeleteTensor(tensor);
  status.require();
}

/** Memory of the output of the operation under way that goes back to the system with the tensor. */
inline float* ownOutput(TF_OpKernelContext* context, const std::vector<int64_t>& shape) {
  size_t bytes = sizeof(float);
  for (const int64_t extent : shape) bytes *= size_t(extent);
  size_t taken = bytes > 0 ? bytes : 1;
  void* const memory = takeMemory(taken);
  const auto giveBack = [](void* data, size_t, void*) { free(data); };
  setOutput(context, TF_NewTensor(TF_FLOAT, shape.data(), int(shape.size()), memory, bytes, giveBack, nullptr));
  return static_cast<float*>(memory);
}

/** Makes some rows of an input the output of the operation under way, in the input's memory, which they keep alive. */
inline void outputRows(TF_OpKernelContext* context, const Input& whole, int from, int count) {
  std::vector<int64_t> shape = whole.shape();
  require(!shape.empty() && from >= 0 && count > 0 && count <= shape[0] - from, "There are such rows.");
  const size_t row = whole.count() / size_t(shape[0]) * sizeof(float);
  shape[0] = count;
  // What begins elsewhere, TensorFlow would copy.
  require(from * row % TF_TensorDefaultAlignment() == 0, "The rows begin where a tensor may.");
  TF_Tensor* owner = nullptr;
  Status status;
  TF_GetInput(context, 0, &owner, status);
  status.require();
  const auto giveUp = [](void*, size_t, void* tensor) { TF_DeleteTensor(static_cast<TF_Tensor*>(tensor)); };
  setOutput(context, TF_NewTensor(TF_FLOAT, shape.data(), int(shape.size()), whole.data<char>() + from * row,
                                  count * row, giveUp, owner));
}

/** The attributes that any of the operations has; false or zero where it has not. */
struct Attributes {
  bool relu = false, pool = false, bfloat16 = false;
  float rate = 0, scale = 0;
};

inline bool attribute(TF_OpKernelConstruction* construction, const char* name) {
  Status status;
  TF_Bool value = 0;
  TF_OpKernelConstruction_GetAttrBool(construction, name, &value, status);
  return status.isOk() && value != 0;
}

inline float number(TF_OpKernelConstruction* construction, const char* name) {
  Status status;
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction, name, &value, status);
  return status.isOk() ? value : 0;
}

/** Computes an operation and hands its exceptions to TensorFlow as errors of the operation. */
template <void Compute(const Attributes&, TF_OpKernelContext*)>
void guarded(void* attributes, TF_OpKernelContext* context) {
  try {
    Compute(*static_cast<Attributes*>(attributes), context);
  } catch (const std::exception& error) {
    Status status;
    TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
    TF_OpKernelContext_Failure(context, status);
  }
}

/** The form of an operation: `name: type` for each attribute, input and output. */
struct Signature {
  const char* name;
  std::initializer_list<const char*> attributes, inputs, outputs;
};

/** Registers an operation and its kernel for the CPU. @throws std::runtime_error if TensorFlow refuses it */
template <void Compute(const Attributes&, TF_OpKernelContext*)>
void registerOperation(const Signature& signature) {
  TF_OpDefinitionBuilder* const builder = TF_NewOpDefinitionBuilder(signature.name);
  for (const char* attribute : signature.attributes) TF_OpDefinitionBuilderAddAttr(builder, attribute);
  for (const char* input : signature.inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* result : signature.outputs) TF_OpDefinitionBuilderAddOutput(builder, result);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(
      builder, [](TF_ShapeInferenceContext* c, TF_Status* s) { TF_ShapeInferenceContextSetUnknownShape(c, s); });
  Status defined, registered;
  TF_RegisterOpDefinition(builder, defined);
  defined.require();
  const auto create = [](TF_OpKernelConstruction* construction) -> void* {
    return new Attributes{attribute(construction, "relu"), attribute(construction, "pool"),
                          attribute(construction, "rounded"), number(construction, "rate"), number(construction, "scale")};
  };
  const auto destroy = [](void* attributes) { delete static_cast<Attributes*>(attributes); };
  TF_KernelBuilder* const kernel = TF_NewKernelBuilder(signature.name, "CPU", create, guarded<Compute>, destroy);
  TF_RegisterKernelBuilder(signature.name, kernel, registered);
  registered.require();
}

}  // namespace vgg
