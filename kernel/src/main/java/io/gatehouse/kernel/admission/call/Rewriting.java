package io.gatehouse.kernel.admission.call;

import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodElement;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rewrites one class. Before each guarded call goes another, to a small method of the same class that throws; the guarded call itself stays and
 * is never reached. So control flow and stack are what they were: the compiler's own stack maps stay right, and nothing has to be known about
 * the classes that this one uses.
 */
final class Rewriting {
    private static final MethodTypeDesc REFUSAL = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    private static final ClassDesc EXCEPTION = ClassDesc.of(SecurityException.class.getName());

    private final ClassModel model;
    private final GuardedReferences references;
    private final Function<Guarded, String> sentences;
    private final ClassDesc self;
    private final boolean isInterface;
    private final String refusalName;

    Rewriting(ClassModel model, GuardedReferences references, Function<Guarded, String> sentences) {
        this.model = model;
        this.references = references;
        this.sentences = sentences;
        this.self = model.thisClass().asSymbol();
        this.isInterface = model.flags().has(AccessFlag.INTERFACE);
        this.refusalName = freeName(model);
    }

    /** The class file. */
    byte[] bytes() {
        if (isInterface && model.majorVersion() < ClassFile.JAVA_8_VERSION) {
            throw new IllegalArgumentException("an interface of before Java 8 has code of a guarded kind");
        }
        ClassFile writer = ClassFile.of(
                ClassFile.StackMapsOption.DROP_STACK_MAPS,
                ClassFile.DeadCodeOption.KEEP_DEAD_CODE,
                ClassFile.ShortJumpsOption.FAIL_ON_SHORT_JUMPS);
        return writer.transformClass(
                model,
                ClassTransform.transformingMethods(this::method)
                        .andThen(ClassTransform.endHandler(type -> type.withMethodBody(
                                refusalName, REFUSAL, ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC, Rewriting::refuse))));
    }

    private void method(MethodBuilder method, MethodElement element) {
        if (element instanceof CodeModel code) {
            method.transformCode(code, new Calls(code.findAttribute(Attributes.stackMapTable())));
        } else {
            method.with(element);
        }
    }

    private static void refuse(CodeBuilder code) {
        code.new_(EXCEPTION)
                .dup()
                .aload(0)
                .invokespecial(EXCEPTION, ConstantDescs.INIT_NAME, REFUSAL)
                .athrow();
    }

    private static String freeName(ClassModel model) {
        String name = "$refuse";
        while (mentions(model, name)) {
            name += "$";
        }
        return name;
    }

    private static boolean mentions(ClassModel model, String name) {
        return model.methods().stream().anyMatch(method -> method.methodName().equalsString(name));
    }

    /** One method body. */
    private final class Calls implements CodeTransform {
        private final Optional<StackMapTableAttribute> frames;

        Calls(Optional<StackMapTableAttribute> frames) {
            this.frames = frames;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            references
                    .in(element)
                    .map(sentences)
                    .ifPresent(sentence ->
                            code.loadConstant(sentence).invokestatic(self, refusalName, REFUSAL, isInterface));
            code.with(element);
        }

        /** The frames are tied to labels, which moved with the code. */
        @Override
        public void atEnd(CodeBuilder code) {
            frames.ifPresent(table -> code.with(StackMapTableAttribute.of(table.entries())));
        }
    }
}
